using System.Data.Common;
using Lodestone.Kernel.Data;

namespace Lodestone.Tests.Kernel.Data;

/// <summary>A database as its engine's own catalogue tells it: one line a column, index or key, sorted. Constraint names and column order do not count.</summary>
internal static class SchemaDescription
{
    private const string OfSqlite =
        """
        select 'column ' || t.name || '.' || c.name || ' ' || lower(c.type) || case when c."notnull" or c.pk then ' not null' else '' end
            || coalesce(' default ' || c.dflt_value, '') || case when c.pk then ' key ' || c.pk else '' end
            || case when c.pk and t.sql like '%autoincrement%' then ' autoincrement' else '' end
        from sqlite_master t join pragma_table_xinfo(t.name) c where t.type = 'table' and t.name not like 'sqlite%'
        union all
        select 'index ' || t.name || ' ' || case when i."unique" then 'unique ' else '' end
            || (select group_concat(x.name || ' ' || lower(x.coll) || case when x.desc then ' desc' else '' end, ', ')
                from pragma_index_xinfo(i.name) x where x.key)
            || coalesce(' where ' || replace(replace(lower(substr(m.sql, instr(lower(m.sql), ' where ') + 7)), '(', ''), ')', ''), '')
        from sqlite_master t join pragma_index_list(t.name) i
            left join sqlite_master m on m.name = i.name and m.sql like '% where %'
        where t.type = 'table' and t.name not like 'sqlite%' and i.origin <> 'pk'
        union all
        select 'foreign key ' || t.name || '.' || f."from" || ' -> ' || f."table" || '.' || coalesce(f."to", '') || ' ' || lower(f.on_delete)
        from sqlite_master t join pragma_foreign_key_list(t.name) f where t.type = 'table'
        """;

    private const string OfPostgres =
        """
        select 'column ' || t.relname || '.' || c.attname || ' ' || format_type(c.atttypid, c.atttypmod)
            || case when c.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
            || case when c.attidentity::text <> '' then ' identity ' || c.attidentity::text else '' end
            || case when c.attcollation <> y.typcollation then ' collate ' || (select collname from pg_collation where oid = c.attcollation) else '' end
        from pg_attribute c join pg_class t on t.oid = c.attrelid join pg_type y on y.oid = c.atttypid
            left join pg_attrdef d on d.adrelid = c.attrelid and d.adnum = c.attnum
        where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace and c.attnum > 0 and not c.attisdropped
        union all
        select 'index ' || t.relname || ' ' || case when i.indisunique then 'unique ' else '' end
            || regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', '')
        from pg_index i join pg_class t on t.oid = i.indrelid
        where t.relnamespace = 'public'::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
        union all
        select 'constraint ' || t.relname || ' ' || pg_get_constraintdef(k.oid)
        from pg_constraint k join pg_class t on t.oid = k.conrelid where t.relnamespace = 'public'::regnamespace
        """;

    public static async Task<IReadOnlyList<string>> OfAsync(Database database)
    {
        await using DbConnection connection = await database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = database.Engine == Engine.Postgres ? OfPostgres : OfSqlite;
        var lines = new List<string>();
        await using DbDataReader row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            lines.Add(row.GetString(0));
        }

        // The runner's own table is in no model.
        return [.. lines.Where(line => !line.Contains(" schema_version", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
