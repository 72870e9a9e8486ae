using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Indicators;

/// <content>Values of ended years, taken over in bulk with their source.</content>
public sealed partial class ObservationBook
{
    /// <summary>The approval of a history file: one, final, granted for its source.</summary>
    public const int HistoryLevel = 1;

    private const string HistoryWorkflow = "history";

    /// <summary>The newest revision of each cell in a range of periods, approved or not, within the actor's scope.</summary>
    public Task<Dictionary<CellKey, NewestCell>> NewestAsync(
        IReadOnlyCollection<long> indicators, IReadOnlyCollection<long> organisations, Period first, Period last, CancellationToken cancel = default) =>
        db.NewestCellsAsync(indicators, organisations, Math.Min(first.Code, first.Year * 1000), Math.Max(last.Code, (last.Year * 1000) + 999), cancel);

    /// <summary>
    /// Values of ended years, each file with its source instead of approvals by level; they count from now on. Written in bulk by the
    /// next save. The caller has made sure that no cell was reported by its owner.
    /// </summary>
    /// <exception cref="Refusal"><c>observation.year-open</c>: the year has not ended; <c>request.not-found</c>: beyond the actor's scope.</exception>
    /// <param name="progress">Told now and then how many values are written.</param>
    public async Task RecordHistoryAsync(IReadOnlyList<HistoryFile> files, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        int year = clock.Today().Year;
        foreach (HistoryFile file in files)
        {
            if (!db.Actor.Sees(file.Organisation.Path))
            {
                throw Refusal.NotFound();
            }

            if (file.Year >= year || file.Cells.Any(cell => cell.Period.Year != file.Year))
            {
                throw new Refusal("observation.year-open", 422, file.Year);
            }

            db.Add(new Approval
            {
                Id = await ids.NextAsync(cancel),
                CaseId = file.Case.Id,
                Workflow = HistoryWorkflow,
                Level = HistoryLevel,
                Final = true,
                OrganisationId = file.Organisation.Id,
                Period = new Period(PeriodKind.Year, file.Year, 1),
                GrantedAt = now,
                GrantedBy = db.Actor.UserId,
            });
        }

        long first = await ids.TakeAsync(files.Sum(file => file.Cells.Count), cancel);
        db.AddBulk(Values(files, first, now, db.Actor.UserId, progress));
    }

    private static IEnumerable<Observation> Values(
        IReadOnlyList<HistoryFile> files, long first, DateTimeOffset now, long user, IProgress<int>? progress)
    {
        const int ProgressStep = 5000;
        int written = 0;
        foreach (HistoryFile file in files)
        {
            foreach (HistoryCell cell in file.Cells)
            {
                int revision = (cell.Before?.Revision ?? 0) + 1;
                yield return new Observation
                {
                    Id = first + written,
                    IndicatorId = cell.Indicator.Id,
                    OrganisationId = file.Organisation.Id,
                    Period = cell.Period,
                    Revision = revision,
                    Value = cell.Value,
                    CaseId = file.Case.Id,
                    PredecessorId = cell.Before?.Id,
                    Reason = file.Source,
                    RecordedAt = now,
                    RecordedBy = user,
                    Hash = HashOf(cell.Indicator.Code, file.Organisation.Code, cell.Period, revision, cell.Value, cell.Before?.Hash, now),
                };
                if (++written % ProgressStep == 0)
                {
                    progress?.Report(written);
                }
            }
        }
    }
}
