using Lodestone.Kernel;
using Lodestone.Kernel.Documents;
using Lodestone.Services.Catalogue;

namespace Lodestone.Tests.Services.Catalogue;

/// <summary>Owns what can stand in a list, one fault at a time.</summary>
public sealed class EntryCheckTests
{
    private static readonly EntryText s_good = ListedCity.Licence("L-1", 20, 8, new MaterialText("M-1", "申请表", "D"));

    [Fact]
    public void AGoodEntryStands_AndAnImmediateOneMayPromiseNoDay()
    {
        Assert.Equal(8, EntryCheck.Require(s_good).PromisedDays);
        Assert.Equal(0, EntryCheck.Require(s_good with { Immediate = true, PromisedDays = 0 }).PromisedDays);
        Assert.Equal(15, EntryCheck.Require(s_good with { CorrectDays = 0 }).CorrectDays);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "list.code", "code" }, { "list.list-unknown", "list" }, { "list.text", "name" }, { "list.text", "basis" }, { "list.kind-unknown", "kind" },
        { "list.limit", "statutory" }, { "list.promise", "promised" }, { "list.promise", "no-promise" }, { "list.correct-days", "correct" }, { "list.steps", "steps" },
        { "list.material", "material" }, { "list.material-twice", "twice" }, { "list.grade", "grade" }, { "list.months", "months" }, { "list.special", "special" },
        { "list.charge", "charge" }, { "list.before", "before" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFaultIsRefusedByItsCode(string code, string fault)
    {
        MaterialText material = s_good.Materials![0];
        EntryText bad = fault switch
        {
            "code" => s_good with { Code = "许可 1" },
            "list" => s_good with { List = "wish" },
            "name" => s_good with { Name = " " },
            "basis" => s_good with { Basis = null },
            "kind" => s_good with { Kind = "favour" },
            "statutory" => s_good with { StatutoryDays = 0 },
            "promised" => s_good with { PromisedDays = 21 },
            "no-promise" => s_good with { PromisedDays = 0 },
            "correct" => s_good with { CorrectDays = -1 },
            "steps" => s_good with { Steps = [] },
            "material" => s_good with { Materials = [material with { Name = "" }] },
            "twice" => s_good with { Materials = [material, material] },
            "grade" => s_good with { Materials = [material with { Grade = "E" }] },
            "months" => s_good with { Materials = [material with { ValidMonths = 0 }] },
            "special" => s_good with { Specials = [new SpecialText("dinner", 5)] },
            "charge" => s_good with { Charges = [new ChargeText("工本费", 100, null)] },
            _ => s_good with { Before = new ReformText(-1, 0, 0) },
        };
        Assert.Equal(code, Assert.Throws<Refusal>(() => EntryCheck.Require(bad)).Code);
    }

    [Fact]
    public void AnEntrySaysTheSameAfterTheWorkbook()
    {
        EntryText text = EntryCheck.Require(s_good with { Charges = [new ChargeText("检验费", 30050, "省目录")], Parallel = [new UnitText("d2")], District = new UnitText("e1") });
        SheetLine[] rows = [.. EntryRows.Of(text, 2)];
        EntryText back = EntryRows.Read(rows[0], rows[1..]);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(text), System.Text.Json.JsonSerializer.Serialize(back));
    }
}
