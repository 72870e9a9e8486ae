using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Contract;

/// <summary>
/// The contract, driven from outside with random organisations, figures, weights and targets: 50 seeds, each with corrections by
/// appeal whose preview must equal what really moved (four a seed, 200 in all).
/// </summary>
public sealed class ContractTests(Platform platform) : IClassFixture<Platform>
{
    private const int Corrections = 4;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_random_city_scores_as_the_oracle_says(int seed)
    {
        Outsider system = await Outsider.SignInAsync(platform.Address, "system", Platform.Password);
        Outsider security = await Outsider.SignInAsync(platform.Address, "security", Platform.Password);
        var city = new ContractCity(platform.Address, new RandomCity(seed), system, security);
        await city.BuildAsync();
        foreach (string organisation in city.Plan.Enterprises.Select(enterprise => enterprise.Code).Concat(city.Plan.Units))
        {
            if (city.IndicatorsOf(organisation).Count > 0)
            {
                await city.ReportAsync(organisation);
            }
        }

        var round = new ContractRound(city);
        await round.RunAsync();
        await round.CompareTotalsAsync();
        var appeal = new ContractAppeal(city, round);
        for (int i = 0; i < Corrections; i++)
        {
            await appeal.RunAsync(uphold: true);
        }

        await appeal.RunAsync(uphold: false);
        await round.CompareTotalsAsync();
    }
}
