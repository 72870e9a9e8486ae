using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>
/// The agenda of a meeting. While the meeting is planned it is written anew from the facts at each reading, and only what the office changed
/// is stored; the call stores all of it, and from then on it stands. Edits are written by the next save.
/// </summary>
internal sealed class Agenda(PlatformDb db, AgendaFacts facts, Ids ids)
{
    /// <summary>A line that nobody has moved stands after those that somebody has.</summary>
    private const int Unmoved = 100_000;

    private const int MostByHand = 20;

    /// <summary>In order; dropped ones last, for the office only.</summary>
    public async Task<IReadOnlyList<AgendaLine>> ReadAsync(MeetingView meeting, CancellationToken cancel = default)
    {
        List<AgendaLine> stored = await db.Set<AgendaLine>().AsNoTracking().Where(row => row.MeetingId == meeting.Row.Id).ToListAsync(cancel);
        if (meeting.Row.CalledAt is not null)
        {
            return Ordered(stored.Where(line => meeting.Office || line.DroppedBecause is null));
        }

        Dictionary<string, AgendaLine> changed = stored.ToDictionary(line => line.Fact);
        IReadOnlyList<AgendaLine> found = await facts.ReadAsync(meeting, cancel);
        foreach (AgendaLine line in found)
        {
            if (changed.TryGetValue(line.Fact, out AgendaLine? edit))
            {
                (line.Ordinal, line.DroppedBecause) = (edit.Ordinal, edit.DroppedBecause);
            }
        }

        return Ordered(found.Concat(stored.Where(line => line.Kind == AgendaKind.Hand)));
    }

    /// <summary>Puts the lines into another order.</summary>
    /// <param name="order">The facts of the lines, the first first; lines that are not named follow as they stood.</param>
    /// <exception cref="Refusal"><c>meeting.agenda-frozen</c>, <c>meeting.line-unknown</c></exception>
    public async Task ReorderAsync(MeetingView meeting, IReadOnlyList<string>? order, CancellationToken cancel = default)
    {
        List<AgendaLine> lines = await OpenAsync(meeting, cancel);
        string[] named = [.. order ?? []];
        string? unknown = named.FirstOrDefault(fact => lines.TrueForAll(line => line.Fact != fact));
        if (unknown is not null || named.Distinct().Count() != named.Length)
        {
            throw new Refusal("meeting.line-unknown", 422, unknown ?? named.GroupBy(fact => fact).First(twins => twins.Count() > 1).Key);
        }

        string[] whole = [.. named, .. lines.Select(line => line.Fact).Except(named)];
        Dictionary<string, AgendaLine> byFact = lines.ToDictionary(line => line.Fact);
        Dictionary<string, AgendaLine> stored = await StoredAsync(meeting, cancel);
        for (int i = 0; i < whole.Length; i++)
        {
            (await EditAsync(meeting, byFact[whole[i]], stored, cancel)).Ordinal = i + 1;
        }

        await AuditAsync(meeting, "meeting.agenda-order", null, string.Join(' ', whole), cancel);
    }

    /// <summary>Takes a line off with the reason, or puts it back without one.</summary>
    /// <exception cref="Refusal"><c>meeting.agenda-frozen</c>, <c>meeting.line-unknown</c>, <c>meeting.text</c></exception>
    public async Task DropAsync(MeetingView meeting, string? fact, string? reason, bool back, CancellationToken cancel = default)
    {
        AgendaLine line = (await OpenAsync(meeting, cancel)).Find(one => one.Fact == fact) ?? throw new Refusal("meeting.line-unknown", 422, fact ?? "");
        (await EditAsync(meeting, line, await StoredAsync(meeting, cancel), cancel)).DroppedBecause = back ? null : MeetingDesk.Text(reason, AgendaLine.LongestText);
        await AuditAsync(meeting, back ? "meeting.agenda-restore" : "meeting.agenda-drop", line.Text, back ? null : reason, cancel);
    }

    /// <summary>Adds a line of the office's own.</summary>
    /// <exception cref="Refusal"><c>meeting.agenda-frozen</c>, <c>meeting.text</c>, <c>meeting.agenda-full</c></exception>
    public async Task AddAsync(MeetingView meeting, string? text, CancellationToken cancel = default)
    {
        List<AgendaLine> lines = await OpenAsync(meeting, cancel);
        if (lines.Count(line => line.Kind == AgendaKind.Hand) >= MostByHand)
        {
            throw new Refusal("meeting.agenda-full", 422, MostByHand);
        }

        long id = await ids.NextAsync(cancel);
        var line = new AgendaLine
        {
            Id = id,
            MeetingId = meeting.Row.Id,
            Fact = string.Create(CultureInfo.InvariantCulture, $"{AgendaKind.Hand}:{id}"),
            Kind = AgendaKind.Hand,
            Text = MeetingDesk.Text(text, AgendaLine.LongestText),
        };
        db.Add(line);
        await AuditAsync(meeting, "meeting.agenda-add", null, line.Text, cancel);
    }

    /// <summary>Stores the whole agenda as it is at this moment. The call's own step is its audit.</summary>
    /// <returns>The lines that stand.</returns>
    public async Task<IReadOnlyList<AgendaLine>> FreezeAsync(MeetingView meeting, CancellationToken cancel = default)
    {
        IReadOnlyList<AgendaLine> lines = await ReadAsync(meeting, cancel);
        HashSet<string> standing = [.. lines.Select(line => line.Fact)];
        // An edit of a fact that is no more would come back as a line.
        Dictionary<string, AgendaLine> stored = await StoredAsync(meeting, cancel);
        db.RemoveRange(stored.Values.Where(row => !standing.Contains(row.Fact)));
        for (int i = 0; i < lines.Count; i++)
        {
            AgendaLine kept = await EditAsync(meeting, lines[i], stored, cancel);
            (kept.Ordinal, kept.Text, kept.Standing, kept.Href, kept.MatterId) = (i + 1, lines[i].Text, lines[i].Standing, lines[i].Href, lines[i].MatterId);
        }

        return [.. lines.Where(line => line.DroppedBecause is null)];
    }

    /// <summary>The lines as they may be changed. The meeting is read before them and changes with them: a call that is saved in between makes this edit stale.</summary>
    private async Task<List<AgendaLine>> OpenAsync(MeetingView meeting, CancellationToken cancel)
    {
        Meeting row = await db.Set<Meeting>().FirstAsync(one => one.Id == meeting.Row.Id, cancel);
        if (row.CalledAt is not null)
        {
            throw new Refusal("meeting.agenda-frozen");
        }

        row.Version = await ids.NextAsync(cancel);
        return [.. await ReadAsync(meeting, cancel)];
    }

    /// <summary>What is stored of the agenda, with edits of this save, by fact.</summary>
    private async Task<Dictionary<string, AgendaLine>> StoredAsync(MeetingView meeting, CancellationToken cancel)
    {
        await db.Set<AgendaLine>().Where(row => row.MeetingId == meeting.Row.Id).LoadAsync(cancel);
        return db.Set<AgendaLine>().Local.Where(row => row.MeetingId == meeting.Row.Id).ToDictionary(row => row.Fact);
    }

    /// <summary>The stored row of a line, made when there is none.</summary>
    private async Task<AgendaLine> EditAsync(MeetingView meeting, AgendaLine line, Dictionary<string, AgendaLine> stored, CancellationToken cancel)
    {
        AgendaLine? kept = stored.GetValueOrDefault(line.Fact);
        if (kept is null)
        {
            kept = new AgendaLine
            {
                Id = await ids.NextAsync(cancel),
                MeetingId = meeting.Row.Id,
                Fact = line.Fact,
                Kind = line.Kind,
                Ordinal = line.Ordinal,
                Text = line.Text,
                Standing = line.Standing,
                Href = line.Href,
                DroppedBecause = line.DroppedBecause,
                MatterId = line.MatterId,
            };
            db.Add(kept);
        }

        return kept;
    }

    private async Task AuditAsync(MeetingView meeting, string action, string? before, string? after, CancellationToken cancel) =>
        db.Audit(action, new Subject(Meeting.SubjectKind, meeting.Row.Id), meeting.City.Id, await ids.NextAsync(cancel), before, after);

    private static List<AgendaLine> Ordered(IEnumerable<AgendaLine> lines) =>
    [
        .. lines.Select((line, found) => (line, found)).OrderBy(one => one.line.DroppedBecause is not null).ThenBy(one => one.line.Ordinal ?? Unmoved)
            .ThenBy(one => Rank(one.line.Kind)).ThenBy(one => one.found).Select(one => one.line),
    ];

    private static int Rank(string kind)
    {
        for (int i = 0; i < AgendaKind.All.Count; i++)
        {
            if (AgendaKind.All[i] == kind)
            {
                return i;
            }
        }

        return AgendaKind.All.Count;
    }
}
