using System.Data.Common;
using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Kernel.Data;

/// <summary>Reads many values past EF, within the actor's scope.</summary>
public sealed partial class PlatformDb
{
    /// <summary>The newest revision of each cell that has one, approved or not.</summary>
    /// <param name="first">The first period, by its code; periods of every kind between the two are read.</param>
    internal async Task<Dictionary<CellKey, NewestCell>> NewestCellsAsync(
        IReadOnlyCollection<long> indicators, IReadOnlyCollection<long> organisations, int first, int last, CancellationToken cancel)
    {
        var found = new Dictionary<CellKey, NewestCell>();
        if (indicators.Count == 0 || organisations.Count == 0)
        {
            return found;
        }

        await using DbConnection connection = await Storage.OpenAsync(cancel);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText =
            $"""
            select v.indicator_id, v.organisation_id, v.period, v.revision, v.id, v.value, v.case_id, v.hash
            from observation v join organisation o on o.id = v.organisation_id
            where v.indicator_id in ({List(indicators)}) and v.organisation_id in ({List(organisations)}) and v.period between $9 and $10 and {InScope}
            """;
        object[] values = [.. Scope(), first, last];
        for (int i = 0; i < values.Length; i++)
        {
            DbParameter parameter = command.CreateParameter();
            // PostgreSQL takes them by place, SQLite by the name in the text.
            parameter.ParameterName = Storage.Engine == Engine.Sqlite ? string.Create(CultureInfo.InvariantCulture, $"${i + 1}") : "";
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var cell = new CellKey(row.GetInt64(0), row.GetInt64(1), Period.FromCode(row.GetInt32(2)));
            int revision = row.GetInt32(3);
            if (!found.TryGetValue(cell, out NewestCell? before) || before.Revision < revision)
            {
                found[cell] = new NewestCell(row.GetInt64(4), revision, row.GetInt64(5), row.GetInt64(6), row.GetString(7));
            }
        }

        return found;
    }

    /// <summary>Ids as they stand in SQL: numbers only, so nothing can be smuggled in.</summary>
    private static string List(IEnumerable<long> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
