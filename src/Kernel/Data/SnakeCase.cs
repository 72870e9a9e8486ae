using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lodestone.Kernel.Data;

/// <summary>Columns are named as a database administrator types them: <c>OrganisationId</c> becomes <c>organisation_id</c>.</summary>
internal static class SnakeCase
{
    public static void Apply(IMutableEntityType entity)
    {
        foreach (IMutableProperty property in entity.GetProperties())
        {
            property.SetColumnName(Of(property.Name));
        }
    }

    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
