namespace Lodestone.Tests.Packs;

/// <summary>Every sentence of the document that asks for something is carried by a measure, and the page that says so tells the truth.</summary>
public sealed class CoverageTests
{
    private const int FirstQuarter = -2;
    private const int Quarters = 20;

    private static readonly string[] s_benefits = ["economic", "social", "ecological"];
    private static readonly string[] s_kinds = ["action", "special", "annual"];
    private static readonly string[] s_stages = ["planned", "signed", "started", "in-production", "at-capacity"];

    /// <summary>The measures of the document itself; what the plans under it carry on stands in the same table.</summary>
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> s_measures = [.. PackTable.Read("measures.csv").Where(row => row["carries"].Length == 0)];
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> s_sentences = PackTable.Read("sections.csv");
    private static readonly HashSet<string> s_organisations = [.. PackTable.Read("organisations.csv").Select(row => row["code"])];
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> s_people = PackTable.Read("people.csv");

    [Fact]
    public void Every_sentence_that_asks_has_a_row_with_the_measures_that_cite_it()
    {
        Dictionary<string, string[]> rows = Rows().ToDictionary(row => row[0]);
        Assert.Equal(s_sentences.Select(row => row["id"]).Order(), rows.Keys.Order());
        foreach (IReadOnlyDictionary<string, string> sentence in s_sentences.Where(row => row["asks"] == "yes"))
        {
            string[] row = rows[sentence["id"]];
            Assert.Equal(sentence["sentence"], row[1]);
            string[] cited = [.. s_measures.Where(measure => measure["section"].Split(' ').Contains(sentence["id"])).Select(measure => measure["id"])];
            Assert.NotEmpty(cited);
            Assert.Equal(cited.Order(), row[2].Split(' ').Order());
        }
    }

    [Fact]
    public void A_row_names_existing_measures_and_existing_rooms()
    {
        HashSet<string> measures = [.. s_measures.Select(row => row["id"])];
        foreach (string[] row in Rows())
        {
            Assert.All(row[2].Split(' '), id => Assert.Contains(id, measures));
            foreach (string room in row[3].Split('；'))
            {
                string folder = Path.Combine(PackTable.Folder, "..", "..", "src", room.Split('（')[0]);
                Assert.True(room.EndsWith("（将建）", StringComparison.Ordinal) || (room.EndsWith("（现有）", StringComparison.Ordinal) && Directory.Exists(folder)), room);
            }
        }
    }

    [Theory]
    [InlineData("plans.csv")]
    [InlineData("sections.csv")]
    [InlineData("objectives.csv")]
    [InlineData("measures.csv")]
    [InlineData("milestones.csv")]
    [InlineData("groups.csv")]
    [InlineData("projects.csv")]
    [InlineData("problems.csv")]
    [InlineData("plan-changes.csv")]
    public void Ids_are_unique_and_every_row_says_where_it_comes_from(string table)
    {
        var seen = new HashSet<string>();
        foreach (IReadOnlyDictionary<string, string> row in PackTable.Read(table))
        {
            Assert.NotEmpty(row["source"]);
            Assert.True(seen.Add(row.TryGetValue("id", out string? id) ? id : row["code"]), id);
        }
    }

    [Fact]
    public void A_measure_has_an_objective_units_with_a_liaison_and_one_milestone_a_quarter()
    {
        HashSet<string> objectives = [.. PackTable.Read("objectives.csv").Select(row => row["id"])];
        HashSet<string> liaisons = [.. s_people.Where(row => row["role"] == "liaison").Select(row => row["organisation"])];
        ILookup<string, string> quarters = PackTable.Read("milestones.csv").ToLookup(row => row["measure"], row => row["quarter"]);
        Assert.Equal(PackTable.Read("measures.csv").Select(row => row["id"]).Order(), quarters.Select(group => group.Key).Order());
        string[] whole = [.. Enumerable.Range(FirstQuarter, Quarters).Select(quarter => $"{quarter}")];
        foreach (IReadOnlyDictionary<string, string> row in s_measures)
        {
            Assert.Equal(whole, quarters[row["id"]]);
        }

        foreach (IReadOnlyDictionary<string, string> row in PackTable.Read("measures.csv"))
        {
            Assert.Contains(row["objective"], objectives);
            Assert.Contains(row["lead"], liaisons);
            Assert.Contains(row["benefit"], s_benefits);
            Assert.Contains(row["kind"], s_kinds);
            Assert.All(row["support"].Split(' ').Append(row["lead"]), unit => Assert.Contains(unit, s_organisations));
            Assert.DoesNotContain(row["lead"], row["support"].Split(' '));
        }
    }

    [Fact]
    public void A_plan_under_another_carries_on_measures_of_that_plan_and_there_is_one_of_each_kind()
    {
        Dictionary<string, string> parents = PackTable.Read("plans.csv").ToDictionary(row => row["code"], row => row["parent"]);
        Assert.Equal(s_kinds.Order(), PackTable.Read("plans.csv").Where(row => row["parent"].Length > 0).Select(row => row["kind"]).Order());
        Dictionary<string, string> plans = PackTable.Read("objectives.csv").ToDictionary(row => row["id"], row => row["plan"]);
        Dictionary<string, string> homes = PackTable.Read("measures.csv").ToDictionary(row => row["id"], row => plans[row["objective"]]);
        Assert.All(PackTable.Read("measures.csv"), row => Assert.Equal(parents[homes[row["id"]]], row["carries"].Length == 0 ? "" : homes[row["carries"]]));
    }

    [Fact]
    public void Groups_and_projects_name_existing_units_and_people()
    {
        HashSet<string> people = [.. s_people.Select(row => row["userName"])];
        foreach (IReadOnlyDictionary<string, string> row in PackTable.Read("groups.csv"))
        {
            Assert.Contains(row["liaison"], people);
            Assert.Matches("^[0-9 -]{5,}$", row["phone"]);
            Assert.All(row["members"].Split(' ').Append(row["organisation"]), unit => Assert.Contains(unit, s_organisations));
        }

        Assert.All(PackTable.Read("contacts.csv"), row => Assert.Contains(row["organisation"], s_organisations));
        foreach (IReadOnlyDictionary<string, string> row in PackTable.Read("projects.csv"))
        {
            Assert.Contains(row["enterprise"], s_organisations);
            Assert.Contains(row["park"], s_organisations);
            Assert.Contains(row["stage"], s_stages);
        }
    }

    /// <summary>The rows of docs/plan-coverage.md: sentence id, sentence, measures, rooms.</summary>
    private static IEnumerable<string[]> Rows() =>
        File.ReadAllLines(Path.Combine(PackTable.Folder, "..", "..", "docs", "plan-coverage.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]);
}
