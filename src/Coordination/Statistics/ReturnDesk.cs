using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>Writes a return's cells and moves it. Everything here is written by the next save.</summary>
internal sealed class ReturnDesk(
    PlatformDb db, ReturnReading reading, CaseDesk desk, ObservationBook observations, SubmissionGate gate, Ids ids, Words words, TimeProvider clock)
{
    private const int LongestNote = 2000;

    /// <summary>Saves cells: a <c>save</c> step, and a new revision for each cell whose value differs.</summary>
    /// <param name="seen">The version that the caller last read; 0 when nothing had been begun.</param>
    /// <exception cref="Refusal">
    /// <c>access.role</c>, <c>request.stale</c>, <c>case.wrong-stage</c>, <c>form.expired</c>, <c>return.closed</c>; and the reason of the first cell that cannot be taken
    /// (<see cref="CellJudge"/>, <see cref="CellNumber"/>), with all of them in the member <c>cells</c>.
    /// </exception>
    public async Task<CaseView> SaveAsync(ReturnFile file, long seen, IReadOnlyList<StatedCell> cells, CancellationToken cancel = default)
    {
        CellOwner owner = RequireOpen(file, seen);
        JudgedCells judged = await JudgeAsync(file, cells, cancel);
        return judged.Refused is [] ? await WriteAsync(file, owner, judged, cancel) : throw Refuse(judged.Refused);
    }

    /// <summary>
    /// Saves cells and hands the return on in one save, so that what is checked is what the reporter sees: it is submitted, or of a form that
    /// asks for signatures, signed by its reporter.
    /// </summary>
    /// <exception cref="Refusal">Those of <see cref="SaveAsync"/> and of a submission by <see cref="MoveAsync"/>.</exception>
    public async Task<CaseView> SubmitAsync(ReturnFile file, long seen, IReadOnlyList<StatedCell> cells, CancellationToken cancel = default)
    {
        CellOwner owner = RequireOpen(file, seen);
        JudgedCells judged = await JudgeAsync(file, cells, cancel);
        if (judged.Refused.Count > 0)
        {
            throw Refuse(judged.Refused);
        }

        CaseView saved = await WriteAsync(file, owner, judged, cancel);
        await gate.RequireAsync(file, judged.Values, judged.Explanations, submits: false, cancel);
        return await desk.MoveAsync(
            saved, saved.Version, ReturnProcedure.HasSignatures(saved.Procedure) ? ReturnAction.Sign : ReturnAction.Submit, null, cancel);
    }

    /// <summary>Judges stated cells; nothing is written.</summary>
    public async Task<JudgedCells> JudgeAsync(ReturnFile file, IReadOnlyList<StatedCell> cells, CancellationToken cancel = default) =>
        CellJudge.Judge(file, cells, (await reading.NewestAsync(file, cancel)).Keys.ToHashSet());

    /// <summary>Proof that the actor may write these cells now.</summary>
    public CellOwner RequireOpen(ReturnFile file, long seen)
    {
        CellOwner owner = CellOwner.Of(db, file.Organisation);
        if (seen != file.Version)
        {
            throw Refusal.Stale();
        }

        if (file.Stage != ReturnStage.Draft)
        {
            throw new Refusal("case.wrong-stage", 422, file.Stage, ReturnAction.Save);
        }

        RequireNotClosed(file);
        return file.Case is null && file.Period.LastDay > file.Form.ValidUntil
            ? throw new Refusal("form.expired", 422, file.Form.Name, file.Form.ValidUntil)
            : owner;
    }

    private void RequireNotClosed(ReturnFile file)
    {
        if (file.IsClosedOn(clock.Today()))
        {
            throw new Refusal("return.closed", 422, file.EntryEnds!.Value);
        }
    }

    /// <summary>Writes judged cells as one save.</summary>
    public async Task<CaseView> WriteAsync(ReturnFile file, CellOwner owner, JudgedCells judged, CancellationToken cancel = default)
    {
        long id = file.Return?.Id ?? await ids.NextAsync(cancel);
        CaseView open = file.Case ?? await OpenAsync(file, id, cancel);
        CaseView saved = await desk.MoveAsync(open, open.Version, ReturnAction.Save, null, cancel);
        CellValue[] values = [.. file.Indicators.Where(row => judged.Values.ContainsKey(row.Id)).Select(row => new CellValue(row, judged.Values[row.Id]))];
        await observations.RecordAsync(owner, saved, file.Period, values, file.Correction?.Reason, cancel);
        await ExplainAsync(id, owner, judged.Explanations, cancel);
        return saved;
    }

    /// <summary>Makes one of the contract's moves, with the approvals that it grants, takes back or voids.</summary>
    /// <exception cref="Refusal">
    /// Those of <see cref="CaseDesk.MoveAsync"/>; <c>return.not-begun</c>, <c>return.check-failed</c> and <c>return.explanation-missing</c> with the
    /// cells, <c>return.correction-empty</c>, <c>return.note-too-long</c>, <c>return.closed</c>, <c>return.scan-missing</c>, <c>observation.in-use</c>.
    /// </exception>
    public async Task<CaseView> MoveAsync(ReturnFile file, long seen, string? action, string? note, CancellationToken cancel = default)
    {
        // A save is made by PUT, with its cells.
        string verb = action is null or ReturnAction.Save ? throw new Refusal("case.unknown-action", 422, action ?? "") : action;
        if (note is { Length: > LongestNote })
        {
            throw new Refusal("return.note-too-long", 422, LongestNote);
        }

        if (file.Case is not { } open)
        {
            throw await NotBegunAsync(file, seen, verb, cancel);
        }

        // Who takes a submission back after the closing day could not hand it on again.
        if (verb == ReturnAction.Withdraw && open.Stage == ReturnStage.Submitted && file.EntryEnds < clock.Today()
            && db.Actor.May(Role.Reporter, Seat.Own, file.Organisation.Path) is not null)
        {
            throw new Refusal("return.closed", 422, file.EntryEnds!.Value);
        }

        CaseView moved = await desk.MoveAsync(open, seen, verb, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), cancel);
        if (verb is ReturnAction.Submit or ReturnAction.Sign)
        {
            RequireNotClosed(file);
            await gate.RequireAsync(file, new Dictionary<long, long>(), new Dictionary<long, string>(), verb == ReturnAction.Submit, cancel);
        }
        else if (ReturnAction.LevelOf(verb) is { } level)
        {
            await observations.ApproveAsync(moved, file.Form.Code, level, level == ReturnProcedure.FinalLevel, file.Period, cancel);
        }
        else if (verb == ReturnAction.SendBack && !ReturnStage.Signatures.Contains(open.Stage))
        {
            await observations.VoidAsync(moved, cancel);
        }
        else if (verb == ReturnAction.Withdraw && ReturnAction.LevelBehind(open.Stage) is { } granted)
        {
            await observations.WithdrawAsync(open, granted, cancel);
        }

        return moved;
    }

    /// <summary>The refusal of several cells: the first one's code, and all of them.</summary>
    public Refusal Refuse(IReadOnlyList<CellRefusal> cells) => new(cells[0].Code, 422, cells[0].Figures)
    {
        Details =
        {
            ["cell"] = cells[0].Indicator,
            ["cells"] = cells.Select(cell => new CellProblem(cell.Indicator, cell.Code, words.Say(cell.Code, cell.Figures))).ToList(),
        },
    };

    private async Task<CaseView> OpenAsync(ReturnFile file, long id, CancellationToken cancel)
    {
        string title = words.Say("return.title", file.Form.Name, file.Organisation.Name, file.Period.Label(System.Globalization.CultureInfo.CurrentUICulture));
        CaseView opened = await desk.OpenAsync(await reading.ProcedureAsync(file.Form, file.Organisation, cancel), new Subject(Return.SubjectKind, id),
            file.Organisation.Id, file.Organisation.Path, title, cancel);
        db.Add(new Return
        {
            Id = id,
            FormId = file.Form.Id,
            OrganisationId = file.Organisation.Id,
            Period = file.Period,
            CaseId = opened.Id,
        });
        return opened;
    }

    private async Task ExplainAsync(long returnId, CellOwner owner, IReadOnlyDictionary<long, string> texts, CancellationToken cancel)
    {
        if (texts.Count == 0)
        {
            return;
        }

        Dictionary<long, CellExplanation> kept = await db.Set<CellExplanation>()
            .Where(row => row.ReturnId == returnId && row.OrganisationId == owner.Organisation.Id).ToDictionaryAsync(row => row.IndicatorId, cancel);
        foreach ((long indicator, string text) in texts)
        {
            CellExplanation? row = kept.GetValueOrDefault(indicator);
            if (row?.Text == text)
            {
                continue;
            }

            if (text.Length == 0)
            {
                if (row is not null)
                {
                    db.Remove(row);
                }

                continue;
            }

            if (row is null)
            {
                row = new CellExplanation { ReturnId = returnId, IndicatorId = indicator, OrganisationId = owner.Organisation.Id };
                db.Add(row);
            }

            row.Text = text;
            row.WrittenAt = clock.Instant();
            row.WrittenBy = db.Actor.UserId;
        }
    }

    private async Task<Refusal> NotBegunAsync(ReturnFile file, long seen, string action, CancellationToken cancel)
    {
        Procedure procedure = await reading.ProcedureAsync(file.Form, file.Organisation, cancel);
        Transition[] moves = [.. procedure.Transitions.Where(move => move.Action == action && !move.Automatic)];
        if (moves.Length == 0)
        {
            return new Refusal("case.unknown-action", 422, action);
        }

        if (!moves.Any(move => db.Actor.May(move.Role, move.Seat, file.Organisation.Path) is not null))
        {
            return Refusal.Role();
        }

        return seen != 0 ? Refusal.Stale()
            : action == ReturnAction.Submit ? new Refusal("return.not-begun")
            : new Refusal("case.wrong-stage", 422, ReturnStage.Draft, action);
    }
}
