using System.Globalization;
using System.Text;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Services.Cases;

/// <summary>Plays a pack's windows, queue, appointments and cases, each step by the account that would make it, in the order of time.</summary>
internal static class CasesPack
{
    public static Task LoadAsync(PackRun run) => run.AsideAsync(async () =>
    {
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("service-windows"))
        {
            await run.AsAsync(run.Holder(CasesModule.Head, row["hall"]), async services =>
            {
                await services.GetRequiredService<HallWindows>().OpenAsync(row["hall"], row["code"], row["name"], Whole(row["places"]));
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
        }

        var filed = new Dictionary<IReadOnlyDictionary<string, string>, long>();
        IEnumerable<Played> steps = run.Pack.Table("service-cases").SelectMany(Steps);
        IEnumerable<Played> visits = run.Pack.Table("service-visits").Select(row => new Played(row, Whole(row["workdaysAgo"]), null, null, true));
        // The clock only goes on: the steps are played in the order of time, not case by case.
        foreach (Played step in steps.Concat(visits).OrderByDescending(step => step.WorkdaysAgo))
        {
            run.GoTo(step.WorkdaysAgo);
            run.Pass(7);
            if (step.Visit)
            {
                await VisitAsync(run, step.Row);
            }
            else if (step.Action is null)
            {
                filed[step.Row] = await FileAsync(run, step.Row);
            }
            else
            {
                await MoveAsync(run, filed[step.Row], step);
            }
        }
    });

    /// <summary>The filing, or a move written <c>4:rate=5</c>: working days after the filing, the action, what goes with it.</summary>
    private sealed record Played(IReadOnlyDictionary<string, string> Row, int WorkdaysAgo, string? Action, string? With, bool Visit = false);

    private static IEnumerable<Played> Steps(IReadOnlyDictionary<string, string> row)
    {
        int ago = Whole(row["workdaysAgo"]);
        yield return new Played(row, ago, null, null);
        foreach (string[] parts in row["moves"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(move => move.Split(':', '=')))
        {
            yield return new Played(row, ago - Whole(parts[0]), parts[1], parts.Length > 2 ? parts[2] : null);
        }
    }

    private static async Task<long> FileAsync(PackRun run, IReadOnlyDictionary<string, string> row)
    {
        long id = 0;
        bool online = row["channel"] == CaseChannel.Online;
        await run.AsAsync(online ? run.Holder(CasesModule.Applicant, row["enterprise"]) : row["clerk"], async services =>
        {
            EntryView item = await services.GetRequiredService<ListReading>().FindAsync(row["item"]);
            string[] left = row["left"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] pledged = row["pledged"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            long enterprise = (await services.GetRequiredService<OrganisationTree>().FindAsync(row["enterprise"])).Id;
            IReadOnlyDictionary<string, CaseMaterial> kept = await services.GetRequiredService<MaterialBook>().KeptAsync(enterprise, [.. item.Text.Materials!.Select(material => material.Code!)]);
            var brought = new List<BroughtMaterial>();
            foreach (MaterialText material in item.Text.Materials!.Where(material => material.Grade != MaterialGrade.Issued && !left.Contains(material.Code) && !kept.ContainsKey(material.Code!)))
            {
                brought.Add(pledged.Contains(material.Code) ? new BroughtMaterial(material.Code, Pledge: true) : new BroughtMaterial(material.Code, await StoreAsync(services, enterprise, material.Name!)));
            }

            id = (await services.GetRequiredService<FileCase>().FileAsync(new CaseRequest(row["enterprise"], row["item"], brought, null, online ? null : row["window"]))).Service.Id;
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
        return id;
    }

    private static async Task MoveAsync(PackRun run, long id, Played step)
    {
        if (step.Action == CaseProcedure.DeemAccepted)
        {
            await run.AsPlatformAsync(services => DeemAsync(services, id));
            return;
        }

        if (step.Action == CaseProcedure.Examine)
        {
            await OpinionsAsync(run, id);
        }

        Transition move = CaseProcedure.Table.Transitions.First(one => one.Action == step.Action);
        string who = move.Role switch
        {
            CasesModule.Clerk => step.Row["clerk"],
            CasesModule.Applicant => run.Holder(CasesModule.Applicant, step.Row["enterprise"]),
            _ => run.Holder(move.Role, run.Pack.Table("service-items").First(item => item["编码"] == step.Row["item"])["单位"]),
        };
        await run.AsAsync(who, async services =>
        {
            CaseReading reading = services.GetRequiredService<CaseReading>();
            IReadOnlyList<CaseMaterial> materials = await reading.MaterialsAsync(id);
            if (step.Action is CaseProcedure.Correct or CaseProcedure.CorrectAtWindow or CaseProcedure.Grant)
            {
                EntryText item = (await reading.ItemAsync(await reading.FindAsync(id))).Text;
                ServiceCase service = await services.GetRequiredService<PlatformDb>().Set<ServiceCase>().FirstAsync(row => row.Id == id);
                foreach (CaseMaterial row in materials.Where(row => row.State is MaterialState.Missing or MaterialState.Gap && row.Required))
                {
                    await services.GetRequiredService<MaterialBook>().BringAsync(service, item, new BroughtMaterial(row.Code, await StoreAsync(services, service.OrganisationId, row.Name)));
                }

                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            }

            if (step.Action == CaseProcedure.Accept && materials.Any(MaterialBook.IsUnchecked))
            {
                await services.GetRequiredService<MaterialBook>().CheckAsync(id);
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            }

            ServiceView view = await reading.FindAsync(id);
            string[] asked = (step.With ?? "").Split('+', StringSplitOptions.RemoveEmptyEntries);
            await services.GetRequiredService<CaseMoves>().MoveAsync(id, view.Version, new CaseMove(
                step.Action, move.NeedsReason || step.Action == CaseProcedure.Rate ? step.Row["note"] : null,
                step.Action == CaseProcedure.AskCorrection ? [.. asked.Select(code => new MissingMaterial(code, "请提交并加盖公章"))] : null,
                [.. materials.Where(row => row.State == MaterialState.Missing).Select(row => row.Code)], step.With, step.Action == CaseProcedure.Rate ? Whole(step.With!) : null));
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
    }

    /// <summary>The departments that were asked side by side have answered before the examination ends.</summary>
    private static async Task OpinionsAsync(PackRun run, long id)
    {
        string[] departments = [];
        await run.AsPlatformAsync(async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            departments = await db.Set<CaseOpinion>().Where(row => row.ServiceCaseId == id && row.GivenOn == null)
                .Join(db.Set<Organisation>(), row => row.DepartmentId, unit => unit.Id, (_, unit) => unit.Code).ToArrayAsync();
        });
        foreach (string department in departments)
        {
            await run.AsAsync(run.Holder(CasesModule.Examiner, department), async services =>
            {
                await services.GetRequiredService<OpinionBook>().GiveAsync(id, true, "符合本部门管理要求，无不同意见。");
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
        }
    }

    private static async Task DeemAsync(IServiceProvider services, long id)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        CaseDesk desk = services.GetRequiredService<CaseDesk>();
        long file = await db.Set<ServiceCase>().Where(row => row.Id == id).Select(row => row.CaseId).FirstAsync();
        CaseView moved = await desk.AdvanceAsync(await desk.ReadAsync(file), CaseProcedure.DeemAccepted, null);
        ProcedureClock rule = CaseProcedure.Table.Clocks.First(clock => clock.Name == CaseProcedure.CorrectionClock);
        await services.GetServices<IRungReaction>().OfType<CaseRungs>().First().OnAsync(moved, rule.Name, rule.Rungs[^1]);
        await db.SaveChangesAsync();
    }

    /// <summary>An appointment for the next working day from today on, or visitors of a day gone by with their waits.</summary>
    private static async Task VisitAsync(PackRun run, IReadOnlyDictionary<string, string> row)
    {
        if (row["enterprise"].Length > 0)
        {
            DateOnly day = WorkCalendar.Published.IsWorkday(run.Today) ? run.Today : WorkCalendar.Published.AddWorkdays(run.Today, 1).DueOn;
            await run.AsAsync(run.Holder(CasesModule.Applicant, row["enterprise"]), async services =>
            {
                long window = await WindowAsync(services, row["window"]);
                await services.GetRequiredService<HallDesk>().BookAsync(row["enterprise"], window, day, Whole(row["slot"]));
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
            return;
        }

        foreach (int wait in row["waits"].Split(' ').Select(Whole))
        {
            await run.AsAsync(row["clerk"], async services =>
            {
                HallDesk hall = services.GetRequiredService<HallDesk>();
                PlatformDb db = services.GetRequiredService<PlatformDb>();
                await hall.TakeNumberAsync(null, row["hall"]);
                await db.SaveChangesAsync();
                run.Pass(wait);
                QueueTicket ticket = await hall.CallAsync(await WindowAsync(services, row["window"]));
                await db.SaveChangesAsync();
                run.Pass(10);
                await hall.EndAsync(ticket.Id, wait < 40);
                await db.SaveChangesAsync();
            });
        }
    }

    private static Task<long> WindowAsync(IServiceProvider services, string code) =>
        services.GetRequiredService<PlatformDb>().Set<HallWindow>().Where(row => row.Code == code).Select(row => row.Id).FirstAsync();

    private static async Task<long> StoreAsync(IServiceProvider services, long enterprise, string name)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"{name}（示例）"));
        return (await services.GetRequiredService<EvidenceStore>().AddAsync(enterprise, $"{name}.txt", content)).Id;
    }

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
