using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>What goes with a move.</summary>
/// <param name="Missing">With the request for corrections: each material with what is to be done.</param>
/// <param name="Gaps">With the acceptance: codes of materials that follow before the decision.</param>
/// <param name="Special">With the begin of a special procedure: which one.</param>
/// <param name="Rating">1 to 5.</param>
internal sealed record CaseMove(
    string? Action, string? Note = null, IReadOnlyList<MissingMaterial>? Missing = null, IReadOnlyList<string>? Gaps = null, string? Special = null, int? Rating = null);

/// <param name="Text">What is wrong with it and what to bring.</param>
internal sealed record MissingMaterial(string? Code, string? Text);

/// <summary>Moves cases; what a move does to the materials and the clocks is written in the same save. Written by the next save.</summary>
internal sealed class CaseMoves(
    PlatformDb db, CaseDesk desk, CaseClocks clocks, ListReading lists, MaterialBook materials, OpinionBook opinions, TimeProvider clock)
{
    private static readonly string[] s_decisions = [CaseProcedure.Grant, CaseProcedure.Refuse];

    /// <summary>What may no longer be said once the five days are over: by then the case counts as accepted (art. 32).</summary>
    internal static readonly string[] Tellings = [CaseProcedure.AskCorrection, CaseProcedure.StillMissing, CaseProcedure.SayNotRequired, CaseProcedure.SayNotCompetent];

    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>service.text</c>, <c>service.not-keeper</c>, <c>service.own-case</c>,
    /// <c>service.deemed</c>, <c>service.list-missing</c>, <c>service.list-incomplete</c>, <c>service.material-unknown</c>, <c>service.material-fetched</c>, <c>service.new-demand</c>,
    /// <c>service.correction-incomplete</c>, <c>service.materials-missing</c>, <c>service.unchecked</c>, <c>service.grant-unchecked</c>,
    /// <c>service.gap-not-offered</c>, <c>service.special-unknown</c>, <c>service.extension-licence</c>, <c>service.extension-late</c>, <c>service.opinions-open</c>,
    /// <c>service.gap-open</c>, <c>service.rating</c>, <c>service.no-broken-pledge</c>
    /// </exception>
    public async Task<CaseView> MoveAsync(long id, long seen, CaseMove move, CancellationToken cancel = default)
    {
        ServiceCase service = await (await CaseSight.OwnAsync(db, cancel)).FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(service.CaseId, cancel);
        string? note = string.IsNullOrWhiteSpace(move.Note) ? null : move.Note.Trim();
        if (note?.Length > ServiceCase.LongestText)
        {
            throw new Refusal("service.text", 422, ServiceCase.LongestText);
        }

        CaseView moved = await desk.MoveAsync(file, seen, move.Action ?? "", note, cancel);
        await RequireActorAsync(service, file, move.Action!, cancel);
        bool deemed = file.Stage == CaseProcedure.Received && await clocks.IsDeemedAsync(service, clock.Today(), cancel);
        if (deemed && Tellings.Contains(move.Action))
        {
            throw new Refusal("service.deemed", 422, service.MaterialsOn);
        }

        IReadOnlyDictionary<long, EntryView> versions = await lists.VersionsAsync([service.VersionId], cancel);
        await DoAsync(service, versions[service.VersionId].Text, moved, move, deemed, cancel);
        return moved;
    }

    private async Task RequireActorAsync(ServiceCase service, CaseView file, string action, CancellationToken cancel)
    {
        string role = file.Procedure.Find(file.Stage, action)!.Role;
        await CaseSight.RequireAsync(db, service, role, cancel);
        if (s_decisions.Contains(action) && service.FiledBy == db.Actor.UserId)
        {
            throw new Refusal("service.own-case");
        }

        if (role == CasesModule.Clerk)
        {
            await CaseSight.TakeAsync(db, service, cancel);
        }
    }

    private Task DoAsync(ServiceCase service, EntryText item, CaseView moved, CaseMove move, bool deemed, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        return move.Action switch
        {
            CaseProcedure.AskCorrection => AskAsync(service, item, moved, move.Missing ?? [], first: true, today, cancel),
            CaseProcedure.StillMissing => AskAsync(service, item, moved, move.Missing ?? [], first: false, today, cancel),
            CaseProcedure.Correct or CaseProcedure.CorrectAtWindow => CorrectAsync(service, moved, today, cancel),
            CaseProcedure.Accept => AcceptAsync(service, item, moved, move.Gaps ?? [], deemed, today, cancel),
            CaseProcedure.StartSpecial => StartSpecialAsync(service, item, moved, move.Special, today, cancel),
            CaseProcedure.EndSpecial => clocks.ResumeAsync(moved, today, cancel),
            CaseProcedure.Examine => RequireOpinionsAsync(service, cancel),
            CaseProcedure.Extend => ExtendAsync(service, item, moved, today, cancel),
            CaseProcedure.Grant => DecideAsync(service, moved, true, today, cancel),
            CaseProcedure.Refuse => DecideAsync(service, moved, false, today, cancel),
            CaseProcedure.Deliver => DeliverAsync(service, moved, today, cancel),
            CaseProcedure.Rate => RateAsync(service, move),
            CaseProcedure.Revoke => RevokeAsync(service, cancel),
            CaseProcedure.SayNotRequired or CaseProcedure.SayNotCompetent or CaseProcedure.Withdraw or CaseProcedure.Annul => clocks.CloseAsync(moved, today, cancel),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>The one list names everything; a later one only what the first asked for, in the first one's words (art. 32).</summary>
    private async Task AskAsync(
        ServiceCase service, EntryText item, CaseView moved, IReadOnlyList<MissingMaterial> missing, bool first, DateOnly today, CancellationToken cancel)
    {
        if (missing.Count == 0 || (first && missing.Any(one => string.IsNullOrWhiteSpace(one.Text) || one.Text.Length > ServiceCase.LongestText)))
        {
            throw new Refusal("service.list-missing", 422, ServiceCase.LongestText);
        }

        List<CaseMaterial> rows = await materials.OfAsync(service.Id, cancel);
        foreach (MissingMaterial one in missing)
        {
            CaseMaterial row = rows.Find(material => material.Code == one.Code) ?? throw new Refusal("service.material-unknown", 422, one.Code ?? "", service.ItemName);
            if (!first && !row.Asked)
            {
                throw new Refusal("service.new-demand", 422, row.Name);
            }

            if (row.State == MaterialState.Fetched)
            {
                throw new Refusal("service.material-fetched", 422, row.Name);
            }

            (row.Asked, row.AskedText) = (true, first ? one.Text!.Trim() : row.AskedText);
            (row.State, row.EvidenceId, row.ReusedFrom, row.CheckedBy, row.CheckedOn) = (MaterialState.Missing, null, null, null, null);
        }

        HashSet<string> later = [.. item.Materials!.Where(one => one.Gap).Select(one => one.Code!)];
        if (first && rows.Find(row => row is { Required: true, State: MaterialState.Missing, Asked: false } && !later.Contains(row.Code)) is { } left)
        {
            throw new Refusal("service.list-incomplete", 422, left.Name);
        }

        await clocks.AskAsync(moved, item.CorrectDays, today, cancel);
    }

    private async Task CorrectAsync(ServiceCase service, CaseView moved, DateOnly today, CancellationToken cancel)
    {
        if ((await materials.OfAsync(service.Id, cancel)).Where(row => row is { Asked: true, State: MaterialState.Missing }).Select(row => row.Name).ToArray() is { Length: > 0 } left)
        {
            throw new Refusal("service.correction-incomplete", 422, left.Length, string.Join('、', left));
        }

        service.MaterialsOn = today;
        await clocks.CorrectAsync(moved, today, cancel);
    }

    /// <summary>Complete and checked, or with gaps that the list allows. What the law has accepted already is only recorded, from the day the materials came.</summary>
    private async Task AcceptAsync(ServiceCase service, EntryText item, CaseView moved, IReadOnlyList<string> gaps, bool deemed, DateOnly today, CancellationToken cancel)
    {
        List<CaseMaterial> rows = deemed ? [] : await materials.OfAsync(service.Id, cancel);
        foreach (CaseMaterial row in rows.Where(row => row is { Required: true, State: MaterialState.Missing }))
        {
            if (!gaps.Contains(row.Code))
            {
                throw new Refusal("service.materials-missing", 422, row.Name);
            }

            row.State = item.Materials!.First(material => material.Code == row.Code).Gap ? MaterialState.Gap : throw new Refusal("service.gap-not-offered", 422, row.Name);
            row.GapOn = today;
        }

        if (rows.Where(MaterialBook.IsUnchecked).Select(row => row.Name).ToArray() is { Length: > 0 } left)
        {
            throw new Refusal("service.unchecked", 422, string.Join('、', left));
        }

        DateOnly zero = deemed ? service.MaterialsOn : today;
        (service.AcceptedOn, service.Deemed) = (zero, deemed);
        await clocks.AcceptAsync(moved, item.StatutoryDays, item.PromisedDays, zero, today, cancel);
        await opinions.AskAsync(service, item, today, cancel);
    }

    private async Task StartSpecialAsync(ServiceCase service, EntryText item, CaseView moved, string? kind, DateOnly today, CancellationToken cancel)
    {
        SpecialText special = item.Specials?.FirstOrDefault(one => one.Kind == kind) ?? throw new Refusal("service.special-unknown", 422, SpecialKind.All.Contains(kind ?? "") ? $"special-{kind}" : kind ?? "", service.ItemName);
        (service.SpecialKind, service.SpecialDays) = (special.Kind, special.Days);
        await clocks.SuspendAsync(moved, today, cancel);
    }

    /// <summary>The slowest of the departments that are asked side by side counts.</summary>
    private async Task RequireOpinionsAsync(ServiceCase service, CancellationToken cancel)
    {
        if (await db.Set<CaseOpinion>().Where(row => row.ServiceCaseId == service.Id && row.GivenOn == null).Select(row => row.DepartmentName).ToListAsync(cancel) is { Count: > 0 } open)
        {
            throw new Refusal("service.opinions-open", 422, string.Join('、', open));
        }
    }

    private async Task ExtendAsync(ServiceCase service, EntryText item, CaseView moved, DateOnly today, CancellationToken cancel)
    {
        if (!service.Licence)
        {
            throw new Refusal("service.extension-licence");
        }

        if (await clocks.DueAsync(service.CaseId, CaseProcedure.StatutoryClock, cancel) is { } due && today > due)
        {
            throw new Refusal("service.extension-late", 422, due);
        }

        service.ExtendedTo = await clocks.ExtendAsync(moved, CaseClocks.ExtensionOf(item), today, cancel);
    }

    private async Task DecideAsync(ServiceCase service, CaseView moved, bool granted, DateOnly today, CancellationToken cancel)
    {
        if (granted)
        {
            List<CaseMaterial> rows = await materials.OfAsync(service.Id, cancel);
            if (rows.Where(row => row.State == MaterialState.Gap || row is { Required: true, State: MaterialState.Missing }).Select(row => row.Name).ToArray() is { Length: > 0 } open)
            {
                throw new Refusal("service.gap-open", 422, string.Join('、', open));
            }

            // Brought after the acceptance, or accepted by law before anybody looked.
            if (rows.Where(MaterialBook.IsUnchecked).Select(row => row.Name).ToArray() is { Length: > 0 } left)
            {
                throw new Refusal("service.grant-unchecked", 422, string.Join('、', left));
            }
        }

        (service.DecidedOn, service.Granted) = (today, granted);
        await clocks.DecideAsync(service, moved, today, cancel);
    }

    private Task DeliverAsync(ServiceCase service, CaseView moved, DateOnly today, CancellationToken cancel)
    {
        service.DeliveredOn = today;
        return clocks.CloseAsync(moved, today, cancel);
    }

    private static Task RateAsync(ServiceCase service, CaseMove move)
    {
        service.Rating = move.Rating is >= 1 and <= 5 ? move.Rating : throw new Refusal("service.rating");
        service.RatingText = move.Note?.Trim() ?? "";
        return Task.CompletedTask;
    }

    private async Task RevokeAsync(ServiceCase service, CancellationToken cancel)
    {
        if (!await db.Set<CaseMaterial>().AnyAsync(row => row.ServiceCaseId == service.Id && row.PledgeKept == false, cancel))
        {
            throw new Refusal("service.no-broken-pledge");
        }
    }
}
