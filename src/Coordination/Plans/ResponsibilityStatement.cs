using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// The statement that a unit signs for its part of the plan (责任书), as a draft in the layout of official documents. Whoever may see the
/// unit may read it.
/// </summary>
internal sealed class ResponsibilityStatement(PlatformDb db, PlanTree tree, Words words)
{
    /// <exception cref="Refusal"><c>plan.no-duty</c> when the unit has no part in the plan.</exception>
    public async Task<byte[]> WriteAsync(Plan plan, Organisation unit, int year, CancellationToken cancel = default)
    {
        Dictionary<long, string> parts = await (
            from duty in db.Set<Duty>()
            join measure in db.Set<Measure>() on duty.MeasureId equals measure.Id
            where measure.PlanId == plan.Id && duty.OrganisationId == unit.Id && duty.EndedOn == null
            select new { duty.MeasureId, duty.Part }).ToDictionaryAsync(row => row.MeasureId, row => row.Part, cancel);
        if (parts.Count == 0)
        {
            throw new Refusal("plan.no-duty", 422, unit.Name);
        }

        PlanState state = await tree.ReadAsync(plan, cancel);
        MeasureState[] leads = [.. state.Measures.Where(one => parts.GetValueOrDefault(one.Row.Id) == Duty.Lead)];
        MeasureState[] supports = [.. state.Measures.Where(one => parts.GetValueOrDefault(one.Row.Id) == Duty.Support)];
        OfficialDocument document = new OfficialDocument()
            .Title(words.Say("statement.title", unit.Name, plan.Name))
            .Paragraph(words.Say("statement.basis", plan.Name, plan.DocumentNumber, unit.Name, leads.Length, supports.Length))
            .Heading(words.Say("statement.leads"));
        int place = 0;
        foreach (MeasureState one in leads)
        {
            place++;
            document.SubHeading(words.Say("statement.measure", place, one.Row.Title, words.Say($"plans.kind.{one.Row.Kind}")))
                .Paragraph(words.Say("statement.text", one.Row.Text, one.Row.SupportNames.Length > 0 ? one.Row.SupportNames : "—"));
            Milestone[] due = [.. one.Milestones.Where(mile => mile.Quarter.Year == year)];
            if (due.Length > 0)
            {
                document.Table([words.Say("plans.quarter"), words.Say("plans.milestone"), words.Say("plans.weight")], [20, 65, 15],
                    due.Select(mile => (IReadOnlyList<string>)[mile.Quarter.ToString(), mile.Title, $"{mile.Weight}"]));
            }
        }

        if (leads.Length == 0)
        {
            document.Paragraph(words.Say("statement.none"));
        }

        document.Heading(words.Say("statement.supports"));
        document.Paragraph(supports.Length == 0
            ? words.Say("statement.none")
            : string.Join('；', supports.Select(one => words.Say("statement.support", one.Row.Title, one.Row.LeadName))) + words.Say("statement.stop"));
        document.Heading(words.Say("statement.duties"))
            .Paragraph(words.Say("statement.duty-1"))
            .Paragraph(words.Say("statement.duty-2"))
            .Paragraph(words.Say("statement.duty-3"));
        if (await db.Set<UnitContact>().AsNoTracking().FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.UnitId == unit.Id, cancel) is { } contact)
        {
            document.Paragraph(words.Say("statement.contact", contact.Person, contact.Phone.Length > 0 ? contact.Phone : "—"));
        }

        return document
            .Empty()
            .Closing(words.Say("statement.sign-group"))
            .Closing(words.Say("statement.sign-unit", unit.Name))
            .Closing(words.Say("statement.sign-day"))
            .ToBytes();
    }
}
