using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>An inquiry as its unit writes it.</summary>
/// <param name="Unit">Code of the unit that asks; not read when it is written anew.</param>
/// <param name="Parties">Codes of the organisations that it concerns.</param>
/// <param name="Evidence">A stored file of the unit.</param>
internal sealed record InquiryText(string? Unit, string? Title, string? Text, string? Field, IReadOnlyList<string>? Questions, IReadOnlyList<string>? Parties, long? Evidence);

/// <summary>Writes inquiries, writes returned ones anew and adds whom they concern. Written by the next save.</summary>
internal sealed class InquiryBook(PlatformDb db, OrganisationTree tree, CaseDesk desk, Ids ids)
{
    private const int MostQuestions = 10;
    private const int MostParties = 15;

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>advice.text</c>, <c>advice.questions</c>, <c>advice.file</c></exception>
    public async Task<Inquiry> AskAsync(InquiryText asked, CancellationToken cancel = default)
    {
        Organisation unit = await tree.FindAsync(asked.Unit, cancel);
        RequireUnit(unit.Path);
        long id = await ids.NextAsync(cancel);
        var made = new Inquiry { Id = id, Version = id, OrganisationId = unit.Id };
        await WriteAsync(made, asked, cancel);
        CaseView draft = await desk.OpenAsync(InquiryProcedure.Table, new Subject(Inquiry.SubjectKind, made.Id), unit.Id, unit.Path, made.Title, cancel);
        made.CaseId = draft.Id;
        await desk.MoveAsync(draft, draft.Version, InquiryProcedure.Ask, null, cancel);
        db.Add(made);
        return made;
    }

    /// <summary>The unit writes a returned inquiry anew. A file that is not named stays; whom it concerned it concerns still.</summary>
    /// <param name="seen">The version of the text last read, <see cref="Inquiry.Version"/>.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>case.wrong-stage</c>, <c>advice.text</c>, <c>advice.questions</c>, <c>advice.file</c>
    /// </exception>
    public async Task<Inquiry> ReviseAsync(long id, long seen, InquiryText asked, CancellationToken cancel = default)
    {
        Inquiry kept = await db.Set<Inquiry>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(kept.CaseId, cancel);
        RequireUnit(file.OrganisationPath);
        if (file.Stage != InquiryProcedure.Draft)
        {
            throw new Refusal("case.wrong-stage", 422, file.Stage, InquiryProcedure.Ask);
        }

        if (kept.Version != seen)
        {
            throw Refusal.Stale();
        }

        string before = kept.Title;
        await WriteAsync(kept, asked, cancel);
        kept.Version = await ids.NextAsync(cancel);
        db.Audit("advice.revise", new Subject(Inquiry.SubjectKind, id), kept.OrganisationId, kept.Version, before, kept.Title);
        return kept;
    }

    /// <summary>The office adds a party that the unit could not name.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>case.wrong-stage</c></exception>
    public async Task AddPartyAsync(long id, string? code, CancellationToken cancel = default)
    {
        // Before the stage is read: an assignment that is saved in between makes this one stale.
        Inquiry kept = await db.Set<Inquiry>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(kept.CaseId, cancel);
        if (db.Actor.May(AdviceModule.Office, Seat.Above, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        Organisation party = await tree.FindAsync(code, cancel);
        if (file.Stage != InquiryProcedure.Asked)
        {
            throw new Refusal("case.wrong-stage", 422, file.Stage, InquiryProcedure.Assign);
        }

        if (!await db.Set<InquiryParty>().AnyAsync(row => row.InquiryId == id && row.PartyId == party.Id, cancel))
        {
            kept.Version = await ids.NextAsync(cancel);
            db.Add(new InquiryParty { InquiryId = id, PartyId = party.Id, Name = party.Name, OrganisationId = kept.OrganisationId });
            db.Audit("advice.party", new Subject(Inquiry.SubjectKind, id), kept.OrganisationId, kept.Version, null, party.Name);
        }
    }

    private void RequireUnit(string path)
    {
        if (db.Actor.May(AdviceModule.Unit, Seat.Own, path) is null)
        {
            throw Refusal.Role();
        }
    }

    private async Task WriteAsync(Inquiry made, InquiryText asked, CancellationToken cancel)
    {
        string[] questions = [.. (asked.Questions ?? []).Where(one => !string.IsNullOrWhiteSpace(one)).Select(one => ExpertBook.Text(one, Inquiry.LongestText, "questions"))];
        if (questions.Length is 0 or > MostQuestions || asked.Parties is { Count: > MostParties })
        {
            throw new Refusal("advice.questions", 422, MostQuestions);
        }

        if (asked.Evidence is { } file && !db.Set<EvidenceFile>().Local.Any(row => row.Id == file)
            && !await db.Set<EvidenceFile>().AnyAsync(row => row.Id == file && row.OrganisationId == made.OrganisationId, cancel))
        {
            throw new Refusal("advice.file");
        }

        made.Title = ExpertBook.Text(asked.Title, Inquiry.LongestTitle);
        made.Text = ExpertBook.Text(asked.Text, Inquiry.LongestText);
        made.Field = ExpertBook.Text(asked.Field, Expert.LongestName);
        made.EvidenceId = asked.Evidence ?? made.EvidenceId;
        List<InquiryQuestion> before = await db.Set<InquiryQuestion>().Where(row => row.InquiryId == made.Id).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        db.RemoveRange(before.Skip(questions.Length));
        for (int i = 0; i < questions.Length; i++)
        {
            if (i < before.Count)
            {
                before[i].Text = questions[i];
            }
            else
            {
                db.Add(new InquiryQuestion { InquiryId = made.Id, Ordinal = i + 1, OrganisationId = made.OrganisationId, Text = questions[i] });
            }
        }

        HashSet<long> known = [.. await db.Set<InquiryParty>().Where(row => row.InquiryId == made.Id).Select(row => row.PartyId).ToListAsync(cancel)];
        foreach (string code in (asked.Parties ?? []).Distinct())
        {
            // A unit names those within its own sight; the office adds the others before it assigns experts.
            Organisation party = await tree.FindAsync(code, cancel);
            if (known.Add(party.Id))
            {
                db.Add(new InquiryParty { InquiryId = made.Id, PartyId = party.Id, Name = party.Name, OrganisationId = made.OrganisationId });
            }
        }
    }
}
