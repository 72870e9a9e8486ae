using System.Globalization;
using System.Text.Json;
using Lodestone.Kernel.Documents;

namespace Lodestone.Tests.Packs;

/// <summary>The tables of the Ma'anshan pack agree with one another, whoever edits them.</summary>
public sealed class PackTests
{
    private const string City = "340500";

    private static readonly HashSet<string> s_organisations = Column("organisations.csv", "code");
    private static readonly HashSet<string> s_indicators = Column("indicators.csv", "code");

    [Fact]
    public void Codes_and_names_are_unique_and_parents_come_first()
    {
        var seen = new HashSet<string>();
        var names = new HashSet<string>();
        foreach (IReadOnlyDictionary<string, string> row in PackTable.Read("organisations.csv"))
        {
            Assert.True(row["parent"].Length == 0 || seen.Contains(row["parent"]), row["code"]);
            Assert.True(seen.Add(row["code"]), row["code"]);
            Assert.True(names.Add(row["name"]), row["name"]);
            Assert.Equal(row["kind"] == "enterprise", row["creditCode"].Length == 18);
        }
    }

    [Theory]
    [InlineData("people.csv")]
    [InlineData("form-reporters.csv")]
    [InlineData("form-indicators.csv")]
    [InlineData("targets.csv")]
    [InlineData("returns.csv")]
    [InlineData("observations.csv")]
    public void Every_organisation_and_indicator_named_exists(string table)
    {
        foreach (IReadOnlyDictionary<string, string> row in PackTable.Read(table))
        {
            Assert.True(!row.TryGetValue("organisation", out string? organisation) || s_organisations.Contains(organisation), organisation);
            Assert.True(!row.TryGetValue("indicator", out string? indicator) || s_indicators.Contains(indicator), indicator);
        }
    }

    [Theory]
    [InlineData("organisations.csv")]
    [InlineData("people.csv")]
    [InlineData("indicators.csv")]
    [InlineData("forms.csv")]
    [InlineData("targets.csv")]
    [InlineData("returns.csv")]
    [InlineData("observations.csv")]
    [InlineData("monthly.csv")]
    [InlineData("late-entries.csv")]
    [InlineData("terms.csv")]
    [InlineData("rounds.csv")]
    public void Every_row_says_where_it_comes_from(string table) =>
        Assert.All(PackTable.Read(table), row => Assert.NotEmpty(row["source"]));

    [Fact]
    public void Every_form_says_how_far_its_returns_may_travel() =>
        Assert.All(PackTable.Read("forms.csv"), row => Assert.Equal(row["sensitivity"], SensitivityMark.Of(row["sensitivity"])));

    [Fact]
    public void Every_reporting_unit_has_a_reporter_and_a_return_in_both_quarters()
    {
        var pairs = PackTable.Read("form-reporters.csv").Where(row => IsQuarterly(row["form"])).Select(row => (row["form"], row["organisation"])).ToHashSet();
        var reporters = PackTable.Read("people.csv").Where(row => row["role"] == "reporter").Select(row => row["organisation"]).ToHashSet();
        Assert.Equal(pairs.Select(pair => pair.Item2).ToHashSet(), reporters);
        foreach (string quarter in new[] { "-2", "-1" })
        {
            Assert.Equal(pairs, PackTable.Read("returns.csv").Where(row => row["quarter"] == quarter).Select(row => (row["form"], row["organisation"])).ToHashSet());
        }
    }

    [Fact]
    public void A_monthly_row_fills_its_form_as_far_as_it_is_signed()
    {
        ILookup<string, string> indicators = PackTable.Read("form-indicators.csv").ToLookup(row => row["form"], row => row["indicator"]);
        var pairs = PackTable.Read("form-reporters.csv").Select(row => (row["form"], row["organisation"])).ToHashSet();
        string[] signers = ["reporter", "statistics-head", "unit-head"];
        Assert.All(PackTable.Read("monthly.csv"), row =>
        {
            Assert.Contains((row["form"], row["organisation"]), pairs);
            string[] filled = [.. row["values"].Split(' ').Select(pair => pair.Split('=')[0])];
            Assert.Empty(filled.Except(indicators[row["form"]]));
            int signatures = int.Parse(row["signatures"], CultureInfo.InvariantCulture);
            Assert.True(signatures == 0 || filled.Length == indicators[row["form"]].Count(), row["organisation"]);
            Assert.All(signers.Take(signatures), role => Assert.Contains(PackTable.Read("people.csv"), person => (person["role"], person["organisation"]) == (role, row["organisation"])));
        });
    }

    [Fact]
    public void A_cell_is_asked_for_once_and_filled_only_where_it_is_asked_for()
    {
        ILookup<string, string> indicators = PackTable.Read("form-indicators.csv").ToLookup(row => row["form"], row => row["indicator"]);
        var asked = PackTable.Read("form-reporters.csv").SelectMany(row => indicators[row["form"]].Select(indicator => (indicator, row["organisation"]))).ToList();
        Assert.Equal(asked.Count, asked.Distinct().Count());
        var quarterly = indicators.Where(form => IsQuarterly(form.Key)).SelectMany(form => form).ToHashSet();
        var filled = PackTable.Read("observations.csv").Select(row => (row["quarter"], row["indicator"], row["organisation"])).ToList();
        Assert.Equal(filled.Count, filled.Distinct().Count());
        Assert.Empty(filled.Select(cell => (cell.Item2, cell.Item3)).Except(asked));
        Assert.Equal(asked.Where(cell => quarterly.Contains(cell.indicator)).Order(), filled.Where(cell => cell.Item1 == "-2").Select(cell => (cell.Item2, cell.Item3)).Order());
    }

    private static bool IsQuarterly(string form) => PackTable.Read("forms.csv").Single(row => row["code"] == form)["frequency"] == "quarter";

    [Fact]
    public void Values_have_the_decimals_of_their_indicator()
    {
        var decimals = PackTable.Read("indicators.csv").ToDictionary(row => row["code"], row => int.Parse(row["decimals"], CultureInfo.InvariantCulture));
        Assert.All(PackTable.Read("observations.csv").Concat(PackTable.Read("targets.csv")), row =>
        {
            decimal value = decimal.Parse(row["value"], CultureInfo.InvariantCulture);
            Assert.True(value >= 0 && decimal.Round(value, decimals[row["indicator"]]) == value, row["value"]);
        });
    }

    [Fact]
    public void The_city_target_balances_with_its_districts()
    {
        foreach (var group in PackTable.Read("targets.csv").GroupBy(row => (row["indicator"], row["period"])))
        {
            decimal? city = group.Where(row => row["organisation"] == City).Select(Value).Cast<decimal?>().SingleOrDefault();
            Assert.True(city is null || city == group.Where(row => row["organisation"] != City).Sum(Value), group.Key.ToString());
        }

        static decimal Value(IReadOnlyDictionary<string, string> row) => decimal.Parse(row["value"], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Sixty_indicators_and_more_have_an_owner_an_explanation_and_targets()
    {
        string[] areas = ["产业发展", "组织保障", "人才保障", "资金保障", "服务保障", "绿色生态"];
        HashSet<string> aimed = Column("targets.csv", "indicator");
        var whole = PackTable.Read("indicators.csv")
            .Where(row => s_organisations.Contains(row["owner"]) && row["explanation"].Length >= 10 && aimed.Contains(row["code"])).ToList();
        Assert.True(whole.Select(row => row["code"]).Distinct().Count() >= 60, $"{whole.Count}");
        Assert.True(whole.Select(row => row["name"]).Distinct().Count() >= 60, $"{whole.Count}");
        Assert.Equal(areas.Order(), whole.Select(row => row["area"]).Distinct().Order());
        // A figure that the document states names its sentence; every other one says that it is an illustration.
        HashSet<string> sentences = Column("sections.csv", "id");
        Assert.All(PackTable.Read("targets.csv"), row => Assert.True(
            row["source"] == "示例 illustrative" || (row["source"].StartsWith("规划 ", StringComparison.Ordinal) && sentences.Contains(row["source"].Split(' ')[1])),
            row["source"]));
    }

    /// <summary>Anhui's practice: a change over 30 % against the last period wants an explanation.</summary>
    [Fact]
    public void A_jump_carries_an_explanation()
    {
        var rows = PackTable.Read("observations.csv");
        var before = rows.Where(row => row["quarter"] == "-2")
            .ToDictionary(row => (row["indicator"], row["organisation"]), row => decimal.Parse(row["value"], CultureInfo.InvariantCulture));
        foreach (var row in rows.Where(row => row["quarter"] == "-1" && row["explanation"].Length == 0))
        {
            decimal last = before[(row["indicator"], row["organisation"])];
            decimal change = Math.Abs(decimal.Parse(row["value"], CultureInfo.InvariantCulture) - last);
            Assert.True(change <= last * 0.3m, $"{row["organisation"]} {row["indicator"]}");
        }
    }

    [Theory]
    [InlineData("scheme.json")]
    [InlineData("scheme-districts.json")]
    public void A_scheme_uses_the_four_measures_and_its_rules_and_sums_to_one_hundred_without_a_bonus(string file)
    {
        using var scheme = JsonDocument.Parse(File.ReadAllText(Path.Combine(PackTable.Folder, file)));
        JsonElement[] criteria = [.. scheme.RootElement.GetProperty("criteria").EnumerateArray()];
        Assert.Equal(100m, criteria.Where(criterion => Kind(criterion) != "bonus").Sum(criterion => criterion.GetProperty("weight").GetDecimal()));
        Assert.Equal(["funds", "organisation", "services", "talent"], criteria.Select(criterion => criterion.GetProperty("measure").GetString()).Distinct().Order());
        Assert.Empty(((string[])["deduct", "ratio", "steps"]).Except(criteria.Select(Kind)));
        Assert.All(criteria.Where(criterion => Kind(criterion) != "judged"), criterion =>
            Assert.Contains(criterion.GetProperty("indicator").GetString()!, s_indicators));
        string code = scheme.RootElement.GetProperty("code").GetString()!;
        Assert.All(
            PackTable.Read("rounds.csv").Where(row => row["scheme"] == code).SelectMany(row => row["units"].Split(' ')),
            unit => Assert.Contains(unit, s_organisations));

        static string Kind(JsonElement criterion) => criterion.GetProperty("rule").GetProperty("kind").GetString()!;
    }

    [Theory]
    [InlineData("appeals.csv")]
    [InlineData("judgements.csv")]
    [InlineData("receipts.csv")]
    [InlineData("rectifications.csv")]
    [InlineData("opinions.csv")]
    [InlineData("rewards.csv")]
    public void What_follows_an_assessment_names_units_that_exist_and_its_source(string table) =>
        Assert.All(PackTable.Read(table), row =>
        {
            Assert.Contains(row["unit"], s_organisations);
            Assert.NotEmpty(row["source"]);
        });

    private static HashSet<string> Column(string table, string column) => [.. PackTable.Read(table).Select(row => row[column])];
}
