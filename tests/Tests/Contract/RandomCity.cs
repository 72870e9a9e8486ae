using System.Globalization;
using System.Text.Json.Nodes;

namespace Lodestone.Tests.Contract;

/// <summary>A city drawn from a seed: organisations, indicators, figures, targets, a scheme. No two seeds share a code.</summary>
public sealed class RandomCity
{
    private readonly Random _random;
    private readonly string _prefix;

    public RandomCity(int seed)
    {
        _random = new Random(seed);
        _prefix = string.Create(CultureInfo.InvariantCulture, $"c{seed}-");
        Period = string.Create(CultureInfo.InvariantCulture, $"{2024 + _random.Next(2)}Q{1 + _random.Next(4)}");
        Districts = _random.Next(2) == 0;
        Indicators = [.. Enumerable.Range(1, 3 + _random.Next(3)).Select(DrawIndicator)];
        Units = [.. Enumerable.Range(1, 3 + _random.Next(4)).Select(n => Code($"u{n}"))];
        Enterprises = Districts
            ? Units.SelectMany(unit => Enumerable.Range(1, 1 + _random.Next(3)).Select(n => (Unit: unit, Code: $"{unit}e{n}"))).ToList()
            : [];
        Scheme = DrawScheme();
    }

    public sealed record Indicator(string Code, int Decimals, string Aggregation, string Direction)
    {
        /// <summary>A district's sum and average come from its enterprises; a <c>last</c> value it states itself.</summary>
        public bool FromBelow => Aggregation != "last";
    }

    public string City => Code("city");

    public string Bureau => Code("bureau");

    /// <summary>True: the assessed units are districts with enterprises below; false: departments that report themselves.</summary>
    public bool Districts { get; }

    public string Period { get; }

    public IReadOnlyList<Indicator> Indicators { get; }

    public IReadOnlyList<string> Units { get; }

    public IReadOnlyList<(string Unit, string Code)> Enterprises { get; }

    public JsonObject Scheme { get; }

    public string Code(string name) => _prefix + name;

    public bool Happens(int percent) => _random.Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    /// <summary>Coarse on purpose, so that ties and boundaries happen.</summary>
    public decimal DrawValue(Indicator indicator) => indicator.Decimals == 0 || Happens(50)
        ? _random.Next(0, 13) * 10
        : Math.Round((decimal)_random.Next(0, 1_300_000) / 10_000m, indicator.Decimals);

    public decimal DrawTarget() => (1 + _random.Next(12)) * 10;

    private Indicator DrawIndicator(int number)
    {
        string aggregation = Districts ? Pick(["sum", "average", "last"]) : Pick(["sum", "last"]);
        return new Indicator(Code(string.Create(CultureInfo.InvariantCulture, $"i{number}")), _random.Next(4), aggregation, Pick(["up", "down"]));
    }

    private JsonObject DrawScheme()
    {
        var criteria = new JsonArray();
        for (int i = 0; i < Indicators.Count; i++)
        {
            JsonObject rule = _random.Next(3) switch
            {
                0 => new JsonObject { ["kind"] = "ratio", ["cap"] = Pick([1m, 1.1m, 1.25m, 0.9m]) },
                1 => new JsonObject
                {
                    ["kind"] = "steps",
                    ["steps"] = new JsonArray(
                        new JsonObject { ["from"] = 0.5m, ["share"] = 0.4m }, new JsonObject { ["from"] = 0.8m, ["share"] = 0.75m },
                        new JsonObject { ["from"] = 1m, ["share"] = 1m }),
                },
                _ => new JsonObject { ["kind"] = "deduct", ["each"] = Pick([0.1m, 0.05m, 0.125m]) },
            };
            criteria.Add(new JsonObject
            {
                ["code"] = string.Create(CultureInfo.InvariantCulture, $"k{i}"),
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"指标 {i}"),
                ["measure"] = Pick(["organisation", "talent", "funds", "services"]),
                ["weight"] = Pick([10m, 15m, 20m, 12.5m, 33.3m]),
                ["indicator"] = Indicators[i].Code,
                ["rule"] = rule,
            });
        }

        return new JsonObject
        {
            ["code"] = Code("scheme"),
            ["criteria"] = criteria,
            ["grades"] = new JsonArray(
                new JsonObject { ["name"] = "优秀", ["from"] = 40 + _random.Next(20) }, new JsonObject { ["name"] = "良好", ["from"] = 25 + _random.Next(10) },
                new JsonObject { ["name"] = "合格", ["from"] = 15 }, new JsonObject { ["name"] = "不合格", ["from"] = 0 }),
            ["quotas"] = Happens(70)
                ? new JsonArray(new JsonObject { ["grade"] = "优秀", ["share"] = Pick([0.3m, 0.34m, 0.5m, 0.2m]) },
                    new JsonObject { ["grade"] = "良好", ["share"] = Pick([0.5m, 0.25m]) })
                : [],
        };
    }
}
