using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>A matter as a unit proposes it.</summary>
/// <param name="Unit">Code of the unit that proposes it.</param>
internal sealed record MatterText(string? Unit, string? Title, string? Text, string? Proposal);

/// <summary>What goes with a move of a matter.</summary>
/// <param name="Units">With asking for opinions: codes of the units asked.</param>
/// <param name="Workdays">With asking for opinions: working days to give them in; five when left out.</param>
internal sealed record MatterMove(string? Action, string? Note, IReadOnlyList<string>? Units, int? Workdays);

/// <summary>Proposes matters, asks and takes opinions, moves matters on. Written by the next save.</summary>
internal sealed class MatterDesk(PlatformDb db, CaseDesk desk, MatterReading reading, OrganisationTree tree, CalendarBook calendars, Ids ids, TimeProvider clock)
{
    private const int UsualWorkdays = 5;
    private const int MostWorkdays = 60;
    private const int MostUnits = 30;

    /// <returns>The matter, a draft of its unit.</returns>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>meeting.text</c>, <c>matter.no-city</c></exception>
    public async Task<(Matter Matter, CaseView File)> ProposeAsync(MatterText asked, CancellationToken cancel = default)
    {
        Organisation unit = await tree.FindAsync(asked.Unit, cancel);
        if (db.Actor.May(MeetingsModule.Liaison, Seat.Own, unit.Path) is null)
        {
            throw Refusal.Role();
        }

        long[] above = [.. Organisation.Chain(unit.Path)];
        long city = await db.Set<Organisation>().Where(row => above.Contains(row.Id) && row.Kind == OrganisationKind.City).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancel)
            ?? throw new Refusal("matter.no-city", 422, unit.Name);
        long id = await ids.NextAsync(cancel);
        var matter = new Matter { Id = id, Version = id, CityId = city, UnitId = unit.Id, UnitName = unit.Name, ProposedBy = db.Actor.UserId };
        Write(matter, asked);
        CaseView file = await desk.OpenAsync(MatterProcedure.Table, new Subject(Matter.SubjectKind, id), unit.Id, unit.Path, matter.Title, cancel);
        matter.CaseId = file.Id;
        db.Add(matter);
        return (matter, file);
    }

    /// <summary>Writes a draft anew.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>request.stale</c>, <c>matter.not-draft</c>, <c>meeting.text</c></exception>
    public async Task<Matter> ReviseAsync(long id, long seen, MatterText asked, CancellationToken cancel = default)
    {
        await reading.FindAsync(id, cancel);
        // Before the stage is read: a submission that is saved in between makes this one stale.
        Matter matter = await db.Set<Matter>().FirstAsync(row => row.Id == id, cancel);
        CaseView file = await desk.ReadAsync(matter.CaseId, cancel);
        if (db.Actor.May(MeetingsModule.Liaison, Seat.Own, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        if (file.Stage != MatterProcedure.Draft)
        {
            throw new Refusal("matter.not-draft");
        }

        if (matter.Version != seen)
        {
            throw Refusal.Stale();
        }

        string before = matter.Title;
        Write(matter, asked);
        matter.Version = await ids.NextAsync(cancel);
        db.Audit("matter.revise", new Subject(Matter.SubjectKind, id), matter.UnitId, matter.Version, before, matter.Title);
        return matter;
    }

    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>meeting.text</c>, <c>matter.units</c>, <c>matter.opinion-own</c>, <c>matter.window</c>,
    /// <c>matter.opinions-open</c>, <c>matter.not-discussed</c>, <c>matter.no-resolution</c>, <c>matter.by-call</c>
    /// </exception>
    public async Task<CaseView> MoveAsync(long id, long seen, MatterMove move, CancellationToken cancel = default)
    {
        await reading.FindAsync(id, cancel);
        Matter matter = await db.Set<Matter>().FirstAsync(row => row.Id == id, cancel);
        if (move.Action == MatterProcedure.PutOnAgenda)
        {
            // A matter stands on an agenda by its line there, and the call moves it.
            throw new Refusal("matter.by-call");
        }

        CaseView file = await desk.ReadAsync(matter.CaseId, cancel);
        string? note = string.IsNullOrWhiteSpace(move.Note) ? null : MeetingDesk.Text(move.Note, Matter.LongestText);
        CaseView moved = await desk.MoveAsync(file, seen, move.Action ?? "", note, cancel);
        await (move.Action switch
        {
            MatterProcedure.AskOpinions => AskAsync(matter, move, cancel),
            MatterProcedure.CloseOpinions => CloseAsync(matter, cancel),
            MatterProcedure.Return when file.Stage == MatterProcedure.Opinions => LapseAsync(matter, cancel),
            MatterProcedure.Resolve => RequireResolvedAsync(matter, cancel),
            MatterProcedure.Defer => RequireDiscussedAsync(matter, cancel),
            _ => Task.CompletedTask,
        });
        if (move.Action == MatterProcedure.Rework)
        {
            (matter.Round, matter.OpinionsDueOn) = (matter.Round + 1, null);
        }

        matter.Version = await ids.NextAsync(cancel);
        return moved;
    }

    /// <summary>The call of a meeting puts matters on its agenda.</summary>
    public async Task PutAsync(IReadOnlyCollection<long> asked, long meeting, CancellationToken cancel = default)
    {
        List<Matter> matters = await db.Set<Matter>().Where(row => asked.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
        IReadOnlyDictionary<long, CaseView> files = await desk.ReadAsync(matters.Select(matter => matter.CaseId), cancel);
        foreach (Matter matter in matters)
        {
            CaseView file = files[matter.CaseId];
            await desk.MoveAsync(file, file.Version, MatterProcedure.PutOnAgenda, null, cancel);
            matter.MeetingId = meeting;
            matter.Version = await ids.NextAsync(cancel);
        }
    }

    /// <summary>A unit gives its opinion, once and in time.</summary>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>matter.proposer</c>, <c>matter.opinion-given</c>, <c>matter.opinion-late</c>, <c>matter.opinion-position</c>,
    /// <c>matter.opinion-reason</c>, those of <see cref="CaseDesk.MoveAsync"/>
    /// </exception>
    public async Task<CaseView> GiveAsync(long id, string? unitCode, string? position, string? text, long seen, CancellationToken cancel = default)
    {
        MatterView matter = await reading.FindAsync(id, cancel);
        Organisation unit = await tree.FindAsync(unitCode, cancel);
        MatterOpinion opinion = await db.Set<MatterOpinion>().FirstOrDefaultAsync(row => row.MatterId == id && row.UnitId == unit.Id && row.Round == matter.Row.Round, cancel) ?? throw Refusal.NotFound();
        if (matter.Row.ProposedBy == db.Actor.UserId || db.Actor.Grants.Any(grant => grant.Role == MeetingsModule.Liaison && grant.OrganisationId == matter.Row.UnitId))
        {
            throw new Refusal("matter.proposer", 422, matter.Row.UnitName);
        }

        CaseView file = await desk.ReadAsync(opinion.CaseId, cancel);
        if (db.Actor.May(MeetingsModule.Liaison, Seat.Own, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        if (opinion.GivenAt is not null)
        {
            throw new Refusal("matter.opinion-given", 422, opinion.UnitName);
        }

        if (file.Stage == MatterOpinionProcedure.Lapsed || clock.Today() > matter.Row.OpinionsDueOn)
        {
            throw new Refusal("matter.opinion-late", 422, matter.Row.OpinionsDueOn!);
        }

        opinion.Position = position is { } word && OpinionPosition.All.Contains(word) ? word : throw new Refusal("matter.opinion-position", 422, position ?? "");
        if (string.IsNullOrWhiteSpace(text) && position != OpinionPosition.Agree)
        {
            throw new Refusal("matter.opinion-reason");
        }

        opinion.Text = string.IsNullOrWhiteSpace(text) ? "" : MeetingDesk.Text(text, Matter.LongestText);
        opinion.GivenAt = clock.Instant();
        return await desk.MoveAsync(file, seen, MatterOpinionProcedure.Give, opinion.Text.Length == 0 ? null : opinion.Text, cancel);
    }

    private static void Write(Matter matter, MatterText asked) => (matter.Title, matter.Text, matter.Proposal) = (
        MeetingDesk.Text(asked.Title, Matter.LongestTitle), MeetingDesk.Text(asked.Text, Matter.LongestText), MeetingDesk.Text(asked.Proposal, Matter.LongestText));

    private async Task AskAsync(Matter matter, MatterMove move, CancellationToken cancel)
    {
        string[] codes = [.. move.Units ?? []];
        if (codes.Length is 0 or > MostUnits || codes.Distinct().Count() != codes.Length)
        {
            throw new Refusal("matter.units", 422, MostUnits);
        }

        int workdays = move.Workdays ?? UsualWorkdays;
        matter.OpinionsDueOn = workdays is > 0 and <= MostWorkdays
            ? (await calendars.CurrentAsync(cancel)).AddWorkdays(clock.Today(), workdays).DueOn
            : throw new Refusal("matter.window", 422, MostWorkdays);
        foreach (string code in codes)
        {
            Organisation unit = await tree.FindAsync(code, cancel);
            if (unit.Id == matter.UnitId)
            {
                throw new Refusal("matter.opinion-own", 422, unit.Name);
            }

            // Once for each text: of a reworked one a unit is asked anew.
            if (await db.Set<MatterOpinion>().AnyAsync(row => row.MatterId == matter.Id && row.UnitId == unit.Id && row.Round == matter.Round, cancel))
            {
                throw new Refusal("matter.opinion-asked", 422, unit.Name);
            }

            long id = await ids.NextAsync(cancel);
            CaseView asked = await desk.OpenAsync(MatterOpinionProcedure.Table, new Subject(MatterOpinion.SubjectKind, matter.Id), unit.Id, unit.Path, matter.Title, cancel);
            await desk.MoveAsync(asked, asked.Version, MatterOpinionProcedure.Ask, null, cancel);
            db.Add(new MatterOpinion { Id = id, MatterId = matter.Id, UnitId = unit.Id, UnitName = unit.Name, Round = matter.Round, CaseId = asked.Id });
        }
    }

    /// <summary>All have spoken, or the time is over and who has not spoken is heard no more.</summary>
    private async Task CloseAsync(Matter matter, CancellationToken cancel)
    {
        int open = await db.Set<MatterOpinion>().CountAsync(row => row.MatterId == matter.Id && row.Round == matter.Round && row.GivenAt == null, cancel);
        if (open > 0 && clock.Today() <= matter.OpinionsDueOn)
        {
            throw new Refusal("matter.opinions-open", 422, open, matter.OpinionsDueOn!);
        }

        await LapseAsync(matter, cancel);
    }

    private async Task LapseAsync(Matter matter, CancellationToken cancel)
    {
        List<long> silent = await db.Set<MatterOpinion>().Where(row => row.MatterId == matter.Id && row.GivenAt == null).OrderBy(row => row.Id).Select(row => row.CaseId).ToListAsync(cancel);
        foreach (CaseView asked in (await desk.ReadAsync(silent, cancel)).Values.Where(asked => asked.Stage == MatterOpinionProcedure.Asked))
        {
            await desk.AdvanceAsync(asked, MatterOpinionProcedure.Lapse, null, cancel);
        }
    }

    /// <summary>What is recorded as resolved stands among the meeting's resolutions.</summary>
    private async Task RequireResolvedAsync(Matter matter, CancellationToken cancel)
    {
        await RequireDiscussedAsync(matter, cancel);
        if (!await db.Set<Resolution>().AnyAsync(row => row.MatterId == matter.Id && row.MeetingId == matter.MeetingId, cancel))
        {
            throw new Refusal("matter.no-resolution");
        }
    }

    private async Task RequireDiscussedAsync(Matter matter, CancellationToken cancel)
    {
        if (!await db.Set<Meeting>().AnyAsync(row => row.Id == matter.MeetingId && row.HeldOn != null, cancel))
        {
            throw new Refusal("matter.not-discussed");
        }
    }
}
