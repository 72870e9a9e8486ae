using System.Runtime.CompilerServices;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>An expert as the office enters one.</summary>
/// <param name="Committee">Code of the committee.</param>
/// <param name="UserName">An account with the role of an expert in that committee.</param>
/// <param name="EmployerCode">Code of the employer where it is an organisation of the platform.</param>
internal sealed record ExpertText(string? Committee, string? UserName, string? Employer, string? EmployerCode, string? Fields, DateOnly? TermFrom, DateOnly? TermUntil);

/// <summary>What ties an expert to an organisation.</summary>
/// <param name="With">Code of the organisation.</param>
internal sealed record ConflictText(string? With, string? Kind, DateOnly? StartsOn, DateOnly? EndsOn, string? Note);

/// <summary>Keeps the committee: experts with their conflicts, the charter, sessions. Written by the next save.</summary>
internal sealed class ExpertBook(PlatformDb db, OrganisationTree tree, CaseDesk desk, Ids ids, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>advice.committee</c>, <c>advice.account</c>, <c>advice.text</c>, <c>advice.term-bounds</c>
    /// </exception>
    public async Task<Expert> AddAsync(ExpertText asked, CancellationToken cancel = default)
    {
        Organisation committee = await CommitteeAsync(asked.Committee, cancel);
        string userName = (asked.UserName ?? "").ToUpperInvariant();
        User user = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(row => row.NormalizedUserName == userName
            && db.Set<Membership>().Any(seat => seat.UserId == row.Id && seat.OrganisationId == committee.Id && seat.Role == AdviceModule.Expert), cancel)
            ?? throw new Refusal("advice.account", 422, asked.UserName ?? "");
        if (await db.Set<Expert>().AnyAsync(row => row.UserId == user.Id && row.OrganisationId == committee.Id, cancel))
        {
            throw new Refusal("advice.account", 422, asked.UserName ?? "");
        }

        long id = await ids.NextAsync(cancel);
        var made = new Expert { Id = id, Version = id, OrganisationId = committee.Id, UserId = user.Id, Name = user.DisplayName };
        await WriteAsync(made, asked.Employer, asked.EmployerCode, asked.Fields, asked.TermFrom ?? clock.Today(), asked.TermUntil, cancel);
        db.Add(made);
        db.Audit("advice.expert", new Subject("expert", made.Id), committee.Id, made.Id, null, $"{made.Name} {made.Employer}");
        return made;
    }

    /// <summary>Another employer, other fields or another term; what is recused is asked again when an opinion is given.</summary>
    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>advice.text</c>, <c>advice.term-bounds</c>, <c>advice.employer</c>
    /// </exception>
    public async Task<Expert> ReviseAsync(long id, long seen, ExpertText asked, CancellationToken cancel = default)
    {
        Expert kept = await db.Set<Expert>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        await RequireOfficeAsync(kept.OrganisationId, cancel);
        if (kept.Version != seen)
        {
            throw Refusal.Stale();
        }

        await RequireOneEmployerAsync(kept, asked, cancel);
        string before = Line(kept);
        await WriteAsync(kept, asked.Employer, asked.EmployerCode, asked.Fields, asked.TermFrom ?? kept.TermFrom, asked.TermUntil ?? kept.TermUntil, cancel);
        kept.Version = await ids.NextAsync(cancel);
        db.Audit("advice.expert-revised", new Subject("expert", id), kept.OrganisationId, kept.Version, before, Line(kept));
        return kept;
    }

    /// <summary>A committee that the actor may look at.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>advice.committee</c></exception>
    public async Task<Organisation> FindAsync(string? code, CancellationToken cancel = default)
    {
        Organisation found = await tree.FindAsync(code, cancel);
        return found.Kind == OrganisationKind.Committee ? found : throw new Refusal("advice.committee", 422, found.Name);
    }

    /// <summary>A committee that the actor keeps.</summary>
    /// <exception cref="Refusal">Those of <see cref="FindAsync"/>, <c>access.role</c></exception>
    public async Task<Organisation> CommitteeAsync(string? code, CancellationToken cancel = default)
    {
        Organisation found = await FindAsync(code, cancel);
        return Keeps(found.Path) ? found : throw Refusal.Role();
    }

    /// <summary>Whether the actor keeps the committee at that path.</summary>
    public bool Keeps(string path) => db.Actor.May(AdviceModule.Office, Seat.At, path) is not null;

    /// <summary>The last day of a conflict becomes known.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>advice.conflict</c></exception>
    public async Task EndTieAsync(long id, DateOnly? endsOn, CancellationToken cancel = default)
    {
        ExpertConflict kept = await db.Set<ExpertConflict>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        await RequireOfficeAsync(kept.OrganisationId, cancel);
        string? before = kept.EndsOn is { } old ? $"{old:O}" : null;
        kept.EndsOn = endsOn is { } day && day >= kept.StartsOn ? day : throw new Refusal("advice.conflict");
        db.Audit("advice.conflict-ended", new Subject("expert", kept.ExpertId), kept.OrganisationId, await ids.NextAsync(cancel), before, $"{kept.WithName} {day:O}");
    }

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>advice.conflict</c></exception>
    public async Task<ExpertConflict> TieAsync(long expert, ConflictText asked, CancellationToken cancel = default)
    {
        Expert kept = await db.Set<Expert>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == expert, cancel) ?? throw Refusal.NotFound();
        await RequireOfficeAsync(kept.OrganisationId, cancel);
        Organisation with = await tree.FindAsync(asked.With, cancel);
        DateOnly from = asked.StartsOn ?? clock.Today();
        if (asked.Kind is null || !ExpertConflict.Kinds.Contains(asked.Kind) || asked.EndsOn < from)
        {
            throw new Refusal("advice.conflict");
        }

        var made = new ExpertConflict
        {
            Id = await ids.NextAsync(cancel),
            ExpertId = expert,
            OrganisationId = kept.OrganisationId,
            WithId = with.Id,
            WithName = with.Name,
            Kind = asked.Kind,
            StartsOn = from,
            EndsOn = asked.EndsOn,
            Note = string.IsNullOrWhiteSpace(asked.Note) ? "" : Text(asked.Note, Inquiry.LongestText),
        };
        db.Add(made);
        db.Audit("advice.conflict-recorded", new Subject("expert", expert), kept.OrganisationId, made.Id, null, $"{made.Kind} {made.WithName}");
        return made;
    }

    /// <summary>Adopts the next version of a committee's charter.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>advice.text</c>, <c>advice.term-bounds</c></exception>
    public async Task<Charter> AdoptAsync(string? committee, string? text, DateOnly? from, DateOnly? until, CancellationToken cancel = default)
    {
        Organisation found = await CommitteeAsync(committee, cancel);
        DateOnly start = from ?? clock.Today();
        var made = new Charter
        {
            OrganisationId = found.Id,
            Ordinal = (await db.Set<Charter>().Where(row => row.OrganisationId == found.Id).MaxAsync(row => (int?)row.Ordinal, cancel) ?? 0) + 1,
            Text = Text(text, Charter.LongestText),
            TermFrom = start,
            TermUntil = until > start ? until.Value : throw new Refusal("advice.term-bounds"),
            AdoptedOn = clock.Today(),
        };
        db.Add(made);
        db.Audit("advice.charter", new Subject("organisation", found.Id), found.Id, await ids.NextAsync(cancel), null, $"{made.Ordinal}");
        return made;
    }

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>advice.text</c></exception>
    public async Task<AdviceSession> PlanAsync(string? committee, string? title, DateOnly? day, string? place, CancellationToken cancel = default)
    {
        Organisation found = await CommitteeAsync(committee, cancel);
        var made = new AdviceSession
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = found.Id,
            Title = Text(title, Inquiry.LongestTitle),
            Day = day ?? clock.Today(),
            Place = Text(place, Inquiry.LongestTitle),
        };
        made.CaseId = (await desk.OpenAsync(SessionProcedure.Table, new Subject(AdviceSession.SubjectKind, made.Id), found.Id, found.Path, made.Title, cancel)).Id;
        db.Add(made);
        return made;
    }

    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>advice.text</c></exception>
    public async Task<CaseView> MoveSessionAsync(long id, long seen, string? action, string? note, CancellationToken cancel = default)
    {
        AdviceSession kept = await db.Set<AdviceSession>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        string? said = string.IsNullOrWhiteSpace(note) ? null : Text(note, Charter.LongestText);
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(kept.CaseId, cancel), seen, action ?? "", action == SessionProcedure.Record ? null : said, cancel);
        if (action == SessionProcedure.Record)
        {
            kept.Minutes = Text(said, Charter.LongestText, "minutes");
        }

        return moved;
    }

    /// <summary>Plain text within its bounds.</summary>
    /// <exception cref="Refusal"><c>advice.text</c></exception>
    internal static string Text(string? text, int longest, [CallerArgumentExpression(nameof(text))] string field = "") =>
        PlainText.Demand(text, longest, "advice.text", field);

    /// <summary>Fields of work as they are kept, separated by one space.</summary>
    internal static string Spaced(string fields) => string.Join(' ', fields.Split(' ', '、', '，').Where(field => field.Length > 0));

    /// <summary>Nothing is written before all of it is judged: a roster goes on after a refused row, and the save would store the half.</summary>
    private async Task WriteAsync(Expert expert, string? employer, string? employerCode, string? fields, DateOnly from, DateOnly? until, CancellationToken cancel)
    {
        Organisation? house = string.IsNullOrWhiteSpace(employerCode) ? null : await tree.FindAsync(employerCode, cancel);
        string worksAt = house?.Name ?? Text(employer, Inquiry.LongestTitle);
        string worksOn = Spaced(Text(fields, Inquiry.LongestTitle));
        DateOnly last = until > from ? until.Value : throw new Refusal("advice.term-bounds");
        (expert.Employer, expert.EmployerId, expert.Fields, expert.TermFrom, expert.TermUntil) = (worksAt, house?.Id, worksOn, from, last);
    }

    private static string Line(Expert expert) => $"{expert.Employer} {expert.Fields} {expert.TermFrom:O} {expert.TermUntil:O}";

    /// <summary>The code would win over a new name beside it, and whom the expert must keep away from hangs on the code.</summary>
    private async Task RequireOneEmployerAsync(Expert kept, ExpertText asked, CancellationToken cancel)
    {
        if (kept.EmployerId is not { } id || string.IsNullOrWhiteSpace(asked.EmployerCode) || string.IsNullOrWhiteSpace(asked.Employer) || asked.Employer == kept.Employer)
        {
            return;
        }

        Organisation? house = await db.Set<Organisation>().FirstOrDefaultAsync(row => row.Id == id, cancel);
        if (house?.Code == asked.EmployerCode && house.Name != asked.Employer)
        {
            throw new Refusal("advice.employer", 422, asked.Employer, asked.EmployerCode);
        }
    }

    private async Task RequireOfficeAsync(long committee, CancellationToken cancel)
    {
        string? path = await db.Set<Organisation>().Where(row => row.Id == committee).Select(row => row.Path).FirstOrDefaultAsync(cancel);
        if (path is null || !Keeps(path))
        {
            throw Refusal.Role();
        }
    }
}
