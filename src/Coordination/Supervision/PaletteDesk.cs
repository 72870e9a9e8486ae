using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Supervision;

/// <summary>Chooses a city's lights. Written by the next save.</summary>
internal sealed class PaletteDesk(PlatformDb db, OrganisationTree tree, Ids ids)
{
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>supervision.palette-unknown</c></exception>
    public async Task ChooseAsync(string city, string? code, CancellationToken cancel = default)
    {
        Organisation found = await tree.FindAsync(city, cancel);
        if (found.Kind != OrganisationKind.City || db.Actor.May(SupervisionModule.Supervisor, Seat.At, found.Path) is null)
        {
            throw Refusal.Role();
        }

        Palette palette = Palette.All.FirstOrDefault(one => one.Code == code) ?? throw new Refusal("supervision.palette-unknown", 422, code ?? "");
        CityPalette? kept = await db.Set<CityPalette>().FirstOrDefaultAsync(row => row.CityId == found.Id, cancel);
        string? before = kept?.Palette;
        if (kept is null)
        {
            kept = new CityPalette { CityId = found.Id };
            db.Add(kept);
        }

        kept.Palette = palette.Code;
        db.Audit("supervision.palette", new Subject("organisation", found.Id), found.Id, await ids.NextAsync(cancel), before, palette.Code);
    }
}
