using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Procedures;

/// <summary>
/// The one door: nothing else writes a stage. A move is checked against the table and the actor's role, then handed to the
/// context's next save as guarded statements, so that it stands or falls with whatever else that save writes.
/// </summary>
public sealed class CaseDesk(PlatformDb db, Catalogue catalogue, Ids ids, TimeProvider clock)
{
    /// <summary>Reads a case that the actor may see.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<CaseView> ReadAsync(long caseId, CancellationToken cancel = default) =>
        await db.ReadCaseAsync(caseId, catalogue, cancel) ?? throw Refusal.NotFound();

    /// <summary>Reads those of the cases that the actor may see, by their ids.</summary>
    public async Task<IReadOnlyDictionary<long, CaseView>> ReadAsync(IEnumerable<long> cases, CancellationToken cancel = default) =>
        (await db.ReadCasesAsync(cases, catalogue, cancel)).ToDictionary(file => file.Id);

    /// <summary>The moves that the actor may make now, in the order of the table.</summary>
    public IEnumerable<Transition> Lawful(CaseView file) =>
        file.Procedure.From(file.Stage)
            .Where(move => !move.Automatic && db.Actor.May(move.Role, move.Seat, file.OrganisationPath) is not null);

    /// <summary>Opens a case in its initial stage. Written by the next save.</summary>
    public async Task<CaseView> OpenAsync(
        Procedure procedure, Subject subject, long organisationId, string organisationPath, string title, CancellationToken cancel = default)
    {
        long id = await ids.NextAsync(cancel);
        long step = await ids.NextAsync(cancel);
        DateTimeOffset now = clock.Instant();
        db.OpenCase(id, step, procedure, subject, organisationId, title, now);
        return new CaseView(id, procedure, procedure.InitialStage, step, organisationId, organisationPath, subject, title, now);
    }

    /// <summary>Makes a move that a person asked for. Written by the next save.</summary>
    /// <param name="seen">The version that the caller last read.</param>
    /// <returns>The case after the move; its version is the new step's id.</returns>
    /// <exception cref="Refusal">
    /// <c>request.stale</c> (409), <c>case.unknown-action</c>, <c>case.wrong-stage</c>, <c>access.role</c> (403), <c>case.reason-missing</c>,
    /// <c>case.once-only</c>
    /// </exception>
    public async Task<CaseView> MoveAsync(CaseView file, long seen, string action, string? note, CancellationToken cancel = default)
    {
        if (file.Procedure.Transitions.All(candidate => candidate.Action != action || candidate.Automatic))
        {
            throw new Refusal("case.unknown-action", 422, action);
        }

        if (file.Procedure.Find(file.Stage, action) is not { Automatic: false } move
            || db.Actor.May(move.Role, move.Seat, file.OrganisationPath) is not { } grant)
        {
            // Who has no part in the action at any stage hears that first; whose turn is over or not yet come hears which stage it is,
            // unless the page was stale, which explains it.
            RequireSomeRole(file, action);
            throw file.Version == seen ? new Refusal("case.wrong-stage", 422, file.Stage, action) : Refusal.Stale();
        }

        if (file.Version != seen)
        {
            throw Refusal.Stale();
        }

        if (move.NeedsReason && string.IsNullOrWhiteSpace(note))
        {
            throw new Refusal("case.reason-missing", 422, action);
        }

        if (move.Once && await db.HasStepAsync(file.Id, action, cancel))
        {
            throw new Refusal("case.once-only", 422, action);
        }

        return await WriteAsync(file, move, note, grant.OnBehalfOf, cancel);
    }

    /// <summary>Makes an automatic move when another mechanism's fact arrives.</summary>
    public async Task<CaseView> AdvanceAsync(CaseView file, string action, string? note, CancellationToken cancel = default)
    {
        Transition move = file.Procedure.Find(file.Stage, action) is { Automatic: true } automatic
            ? automatic
            : throw new Refusal("case.wrong-stage", 422, file.Stage, action);
        return await WriteAsync(file, move, note, null, cancel);
    }

    private void RequireSomeRole(CaseView file, string action)
    {
        if (!file.Procedure.Transitions.Any(move =>
            move.Action == action && db.Actor.May(move.Role, move.Seat, file.OrganisationPath) is not null))
        {
            throw Refusal.Role();
        }
    }

    private async Task<CaseView> WriteAsync(CaseView file, Transition move, string? note, long? onBehalfOf, CancellationToken cancel)
    {
        long step = await ids.NextAsync(cancel);
        DateTimeOffset now = clock.Instant();
        db.MoveCase(file, move, step, note, onBehalfOf, now);
        return file with { Stage = move.To, Version = step, StageSince = now };
    }
}
