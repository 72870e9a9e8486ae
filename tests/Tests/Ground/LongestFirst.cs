using Lodestone.Tests.Browser;
using Lodestone.Tests.Canary;
using Lodestone.Tests.Ground;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Lodestone.Tests.Ground;

/// <summary>The collections that take minutes begin first: begun last, each would run alone while the other processor idles.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_long = [nameof(CanaryTests), DemonstrationSite.Collection];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(one => Array.FindIndex(s_long, name => one.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var place ? place : s_long.Length)];
}
