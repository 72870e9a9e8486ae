using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>An opinion as its unit and the officers see it.</summary>
internal sealed record OpinionView(
    long Id, string Scheme, int SchemeVersion, string Unit, string Name, string Text, DateTimeOffset FiledAt, string Stage, long Version,
    string? Answer, int? AnsweredIn);

/// <summary>An answer to an opinion.</summary>
/// <param name="Adopted">Whether the method follows it.</param>
internal sealed record OpinionAnswer(long Opinion, bool Adopted, string? Answer);

/// <summary>Collects what units think of the method and answers it. Everything is written by the next save.</summary>
internal sealed class OpinionDesk(PlatformDb db, Ids ids, CaseDesk desk, TimeProvider clock)
{
    public const int LongestText = 2000;

    /// <summary>Within the actor's scope, newest first, one page.</summary>
    public async Task<IReadOnlyList<OpinionView>> ListAsync(long? before = null, int size = 50, CancellationToken cancel = default)
    {
        var rows = await (
            from row in db.Set<Opinion>().AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
            join scheme in db.Set<SchemeVersion>() on row.SchemeId equals scheme.Id
            join next in db.Set<SchemeVersion>() on row.AnsweredIn equals next.Id into nexts
            from next in nexts.DefaultIfEmpty()
            where before == null || row.Id < before
            orderby row.Id descending
            select new { row, file.Stage, file.Version, unit.Code, unit.Name, Scheme = scheme.Code, Number = scheme.Version, Next = next == null ? (int?)null : next.Version })
            .Take(size).ToListAsync(cancel);
        return
        [
            .. rows.Select(one => new OpinionView(one.row.Id, one.Scheme, one.Number, one.Code, one.Name, one.row.Text, one.row.FiledAt, one.Stage,
                one.Version, one.row.Answer, one.Next)),
        ];
    }

    /// <summary>A unit that was assessed says what it thinks of the method.</summary>
    /// <exception cref="Refusal"><c>appeal.not-released</c>, <c>appeal.unit</c>, <c>access.role</c>, <c>opinion.text</c></exception>
    public async Task<(Opinion Opinion, CaseView File)> FileAsync(
        OpenedRound opened, string? unitCode, string? text, CancellationToken cancel = default)
    {
        if (opened.Round.ReleasedAt is null)
        {
            throw new Refusal("appeal.not-released");
        }

        Organisation unit = unitCode is not null && opened.Units.TryGetValue(unitCode, out long found)
            ? await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == found, cancel)
            : throw new Refusal("appeal.unit", 422, unitCode ?? "");
        if (db.Actor.May(AssessmentModule.Liaison, Seat.Own, unit.Path) is null)
        {
            throw Refusal.Role();
        }

        RequireText(text);
        long id = await ids.NextAsync(cancel);
        CaseView file = await desk.OpenAsync(OpinionProcedure.Table, new Subject(OpinionProcedure.Code, id), unit.Id, unit.Path,
            $"{unit.Name} {opened.Scheme.Code} v{opened.Scheme.Version}", cancel);
        file = await desk.MoveAsync(file, file.Version, OpinionProcedure.File, null, cancel);
        var made = new Opinion
        {
            Id = id,
            SchemeId = opened.Scheme.Id,
            OrganisationId = unit.Id,
            Text = text!.Trim(),
            FiledBy = db.Actor.UserId,
            FiledAt = clock.Instant(),
            CaseId = file.Id,
        };
        db.Add(made);
        return (made, file);
    }

    /// <param name="version">The version that is made with the answer; null for an answer by itself.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>opinion.text</c>, and those of <see cref="CaseDesk.MoveAsync"/>.</exception>
    public async Task<CaseView> AnswerAsync(OpinionAnswer answer, long? version, CancellationToken cancel = default)
    {
        Opinion row = await db.Set<Opinion>().FirstOrDefaultAsync(one => one.Id == answer.Opinion, cancel) ?? throw Refusal.NotFound();
        RequireText(answer.Answer);
        CaseView file = await desk.ReadAsync(row.CaseId, cancel);
        CaseView moved = await desk.MoveAsync(
            file, file.Version, answer.Adopted ? OpinionProcedure.Adopt : OpinionProcedure.Decline, answer.Answer!.Trim(), cancel);
        row.Answer = answer.Answer.Trim();
        row.AnsweredIn = version;
        return moved;
    }

    /// <summary>How many opinions on the last version of a scheme wait for an answer, those in <paramref name="answered"/> left out.</summary>
    public Task<int> WaitingAsync(string code, IReadOnlyList<long> answered, CancellationToken cancel = default) => (
        from row in db.Set<Opinion>()
        join scheme in db.Set<SchemeVersion>() on row.SchemeId equals scheme.Id
        where scheme.Code == code && row.Answer == null && !answered.Contains(row.Id)
        select row.Id).CountAsync(cancel);

    private static void RequireText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            throw new Refusal("opinion.text", 422, LongestText);
        }
    }
}
