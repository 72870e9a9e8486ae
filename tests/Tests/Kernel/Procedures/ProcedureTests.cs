using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Procedures;

/// <summary>All tables of the product can be run to an end by people who exist, and change only on purpose.</summary>
public sealed class ProcedureTests
{
    private static readonly Catalogue s_catalogue = new([.. Program.Modules, new TrialModule()]);

    public static TheoryData<string> Codes => [.. s_catalogue.Procedures.Select(table => table.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_table_is_sound(string code) => Assert.Empty(ProcedureFaults.Of(s_catalogue.Procedure(code), s_catalogue));

    /// <summary>A changed table changes its printed page in the same commit: <c>LODESTONE_PRINT=1</c> writes it anew.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void A_table_is_the_one_on_its_printed_page(string code)
    {
        string page = Path.Combine(House.Root, "tests", "Tests", "Kernel", "Procedures", "Printed", $"{code}.txt");
        string printed = ProcedureFaults.Print(s_catalogue.Procedure(code));
        if (Environment.GetEnvironmentVariable("LODESTONE_PRINT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            File.WriteAllText(page, printed);
        }

        Assert.True(File.Exists(page), $"{page} is missing");
        Assert.Equal(File.ReadAllText(page), printed);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "unreachable lost", "lost --find--> approved" },
        { "dead end pit", "draft --fall--> pit" },
        { "unknown role wizard", "draft --conjure--> approved by wizard" },
        { "twice (submit, draft)", "draft --submit--> approved" },
        { "second correction from draft", "draft --ask-correction--> submitted" },
        { "limit without source hurry", "draft --hurry--> approved in 3" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found(string fault, string added)
    {
        string[] words = added.Split(' ');
        var move = new Transition(words[1].Trim('-', '>'), words[0], words[2], words is [.., "by", var role] ? role : Role.Reporter, Seat.Own)
        {
            Limit = words is [.., "in", _] ? new TimeLimit(3, "") : null,
        };
        Procedure broken = TrialModule.Procedure with { Transitions = [.. TrialModule.Procedure.Transitions, move] };
        Assert.Contains(fault, ProcedureFaults.Of(broken, s_catalogue));
    }

    [Fact]
    public void A_clock_needs_a_source_and_each_rung_a_move()
    {
        Procedure broken = TrialModule.Procedure with
        {
            Clocks = [new ProcedureClock("idle", "x"), new ProcedureClock("loose", "") { RunsIn = ["nowhere"], Rungs = [new Rung("late", 1, "nowhere"), new Rung("near", -1, "nowhere"), new Rung("near", 2, "nowhere")] }],
        };
        Assert.Equal(["limit without source loose", "runs nowhere idle", "runs in unknown nowhere", "twice rung near", "ladder out of order loose", "rung without a move late", "rung without a move near", "rung without a move near"],
            ProcedureFaults.Of(broken, s_catalogue));
    }
}
