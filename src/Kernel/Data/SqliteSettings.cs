using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lodestone.Kernel.Data;

/// <summary>Gives the file's settings to each connection that EF opens; a pooled one keeps them, so once per connection is enough.</summary>
internal sealed class SqliteSettings(Database database) : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<object, object> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is SqliteConnection { Handle: { } handle } && _set.TryAdd(handle, database))
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = database.SettingsText;
            command.ExecuteNonQuery();
        }
    }

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
