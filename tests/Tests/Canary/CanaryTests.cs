using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Canary;

/// <summary>
/// Every route that the host answers, asked by every role for its own things, a sibling district's and another city's: no foreign
/// canary comes back in any body, header, export or error, and no foreign row changes.
/// </summary>
public sealed class CanaryTests(CanaryCity city) : IClassFixture<CanaryCity>
{
    private IReadOnlyList<RouteUnderTest> RoutesOf(params string[] methods) =>
        [.. Routes.Of(city.Services).Where(route => methods.Contains(route.Method) && !route.IsOfTheFramework && !route.IsAsset && !route.Pattern.Contains("{*", StringComparison.Ordinal))];

    [Fact]
    public void Every_parameter_of_every_route_can_be_filled()
    {
        var filling = new RouteFilling(city.Branches[0]);
        foreach (RouteUnderTest route in RoutesOf("GET", "POST", "PUT", "PATCH", "DELETE"))
        {
            Assert.NotEmpty(filling.Addresses(route));
        }

        Assert.Empty(RouteFilling.Strangers.Keys.Order());
        // Each branch has a row of its own of everything that has an id, but for what only follows from these and what is the platform's.
        Assert.Equal(["rectifications", "resolutions", "rewards", "texts", "webhooks"], RouteFilling.Bare.Keys.Order());
    }

    [Fact]
    public async Task An_address_that_does_not_read_is_the_callers_mistake()
    {
        Branch branch = city.Branches[0];
        HashSet<string> untried = [.. RoutesOf("GET").Where(route => route.Page is not null).SelectMany(new RouteFilling(branch).Unreadable)];
        Assert.NotEmpty(untried);
        foreach (string userName in city.PeopleOf(branch).Append("audit"))
        {
            using HttpClient client = await NewClientAsync(userName);
            foreach (string address in untried.ToArray())
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri(address, UriKind.Relative));
                Assert.True(response.StatusCode is System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.Forbidden, $"{userName} {address}: {(int)response.StatusCode}");
                if (response.StatusCode == System.Net.HttpStatusCode.BadRequest)
                {
                    Assert.Contains("request.address", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                    untried.Remove(address);
                }
            }
        }

        Assert.Empty(untried);
    }

    [Fact]
    public async Task Each_branch_reads_its_own_canaries()
    {
        // Otherwise the tests below would find nothing because nothing is there.
        foreach (Branch branch in city.Branches)
        {
            HashSet<string> unheard = [.. branch.Texts, .. branch.Canaries];
            foreach (string userName in new[] { branch.Reporter, $"liaison-{branch.Word}", $"applicant-{branch.Word}", $"window-clerk-{branch.Word}", $"expert-{branch.Word}", $"list-lawyer-{branch.City}", $"supervisor-{branch.City}", $"appeal-officer-{branch.City}", $"reviewer-{branch.City}", $"first-reviewer-{branch.Word}" })
            {
                using HttpClient client = await NewClientAsync(userName);
                foreach (RouteUnderTest route in RoutesOf("GET").TakeWhile(_ => unheard.Count > 0))
                {
                    foreach (string address in new RouteFilling(branch).Addresses(route))
                    {
                        string heard = await AskAsync(client, HttpMethod.Get, address, null);
                        unheard.RemoveWhere(text => heard.Contains(text, StringComparison.Ordinal));
                    }
                }
            }

            Assert.True(unheard.Count == 0, $"{branch.Name}: nowhere {string.Join(' ', unheard)}");
        }
    }

    [Fact]
    [Trait("Teeth", "scope")]
    public async Task Nobody_reads_a_foreign_canary()
    {
        var leaks = new List<string>();
        foreach ((string? userName, Branch own, Branch foreign) in Readers())
        {
            using HttpClient client = await NewClientAsync(userName);
            foreach (RouteUnderTest route in RoutesOf("GET", "HEAD"))
            {
                // The own things too: a list of mine must not carry a line of yours.
                foreach (string address in new RouteFilling(own).Addresses(route).Concat(new RouteFilling(foreign).Addresses(route)).Distinct())
                {
                    string heard = await AskAsync(client, HttpMethod.Get, address, null);
                    leaks.AddRange(foreign.Canaries.Where(canary => heard.Contains(canary, StringComparison.Ordinal)
                        && !address.Contains(canary, StringComparison.Ordinal)).Select(canary => $"{userName ?? "anonymous"} GET {address}: {canary}"));
                    // What was asked for by name may be repeated in a refusal; anything else of the branch may not.
                    leaks.AddRange(Beyond(foreign, heard, address).Select(found => $"{userName ?? "anonymous"} GET {address}: {found}"));
                }
            }
        }

        Assert.True(leaks.Count == 0, string.Join('\n', leaks.Distinct().Take(20)));
    }

    [Fact]
    [Trait("Teeth", "scope")]
    public async Task Nobody_changes_a_foreign_row()
    {
        var faults = new List<string>();
        foreach ((string? userName, Branch _, Branch foreign) in Readers())
        {
            string before = await DigestAsync(foreign);
            HttpClient client = await NewClientAsync(userName);
            foreach (RouteUnderTest route in RoutesOf("POST", "PUT", "PATCH", "DELETE").Where(route => route.Access is not { Anyone: true } && route.Page is null))
            {
                foreach (string address in new RouteFilling(foreign).Addresses(route))
                {
                    foreach (object body in new RouteFilling(foreign).Bodies(route, address))
                    {
                        Answer answer = await client.CallAsync(new HttpMethod(route.Method), address, body);
                        if (answer.Status == System.Net.HttpStatusCode.Unauthorized && userName is not null)
                        {
                            // The route before ended the token it was called with.
                            client.Dispose();
                            client = await NewClientAsync(userName);
                            answer = await client.CallAsync(new HttpMethod(route.Method), address, body);
                        }

                        string line = $"{userName ?? "anonymous"} {route.Method} {address} {body}: {(int)answer.Status} {answer.Text}";
                        if ((int)answer.Status >= 500 || (answer.Message.IsSuccessStatusCode && await DigestAsync(foreign) != before))
                        {
                            faults.Add(line);
                        }

                        faults.AddRange(Beyond(foreign, answer.Text, address + body).Select(canary => $"{line}: {canary}"));
                    }
                }
            }

            client.Dispose();
            if (await DigestAsync(foreign) != before)
            {
                faults.Add($"{userName ?? "anonymous"} changed rows of {foreign.Name}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct().Take(20)));
    }

    [Fact]
    [Trait("Teeth", "scope")]
    public async Task No_form_handler_shows_or_changes_a_foreign_row()
    {
        var faults = new List<string>();
        RouteUnderTest[] pages = [.. RoutesOf("POST").Where(route => route.Page is not null && route.Access is not { Anyone: true })];
        Assert.NotEmpty(pages);
        Assert.NotEmpty(Routes.Forms());
        foreach ((string? userName, Branch _, Branch foreign) in Readers())
        {
            string before = await DigestAsync(foreign);
            using var desk = new FormDesk(await NewClientAsync(userName), userName is null ? null : () => NewClientAsync(userName), foreign);
            foreach (RouteUnderTest page in pages)
            {
                faults.AddRange((await desk.PostAsync(page)).SelectMany(line => Beyond(foreign, line.Heard, line.Said)
                    .Select(canary => $"{userName ?? "anonymous"} {line.Said}: {canary}")));
            }

            if (await DigestAsync(foreign) != before)
            {
                faults.Add($"{userName ?? "anonymous"} changed rows of {foreign.Name} through a form");
            }

            // Otherwise the forms were turned away at the door and nothing was tried.
            Assert.True(desk.Reached > 0 == userName is not null, $"{userName ?? "anonymous"}: {desk.Reached} forms reached a page");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct().Take(20)));
    }

    [Fact]
    public async Task Whatever_leaves_as_a_file_leaves_a_record()
    {
        Branch branch = city.Branches[0];
        int before = await ExportsAsync();
        int files = 0;
        foreach (string userName in new[] { branch.Reporter, $"liaison-{branch.Word}", $"assessor-{branch.City}" })
        {
            using HttpClient client = await NewClientAsync(userName);
            foreach (RouteUnderTest route in RoutesOf("GET"))
            {
                foreach (string address in new RouteFilling(branch).Addresses(route))
                {
                    using HttpResponseMessage response = await client.GetAsync(address);
                    if (response.IsSuccessStatusCode && response.Content.Headers.ContentDisposition is not null)
                    {
                        files++;
                        Assert.True(await ExportsAsync() == before + files, $"{userName} {address}");
                    }
                }
            }
        }

        Assert.Equal(before + files, await ExportsAsync());
        Assert.True(files > 3, $"Only {files} files left.");
    }

    [Theory]
    [InlineData("system")]
    [InlineData("security")]
    public async Task An_administrator_of_the_house_reads_no_papers(string userName)
    {
        var leaks = new List<string>();
        using HttpClient client = await NewClientAsync(userName);
        foreach (Branch branch in city.Branches)
        {
            foreach (RouteUnderTest route in RoutesOf("GET"))
            {
                foreach (string address in new RouteFilling(branch).Addresses(route))
                {
                    string heard = await AskAsync(client, HttpMethod.Get, address, null);
                    // Who stands in for whom is the security administrator's own business.
                    leaks.AddRange(branch.Texts.Where(text => !text.EndsWith("出差", StringComparison.Ordinal)).Append(branch.Figure).Where(canary => heard.Contains(canary, StringComparison.Ordinal)
                            && !route.Pattern.StartsWith("/api/targets", StringComparison.Ordinal)).Select(canary => $"{address}: {canary}"));
                }
            }
        }

        Assert.Empty(leaks);
    }

    /// <summary>Every person who must not see a branch, with an own branch and the foreign one; then somebody who has not signed in.</summary>
    private IEnumerable<(string? UserName, Branch Own, Branch Foreign)> Readers()
    {
        Branch near = city.Branches[0];
        Branch far = city.Branches[1];
        Branch other = city.Branches[2];
        // Who may see the whole city has no sibling district in it; for them the other city's is foreign.
        foreach (string userName in city.PeopleOf(near))
        {
            yield return (userName, near, city.PeopleOf(far).Contains(userName) ? other : far);
        }

        yield return (null, near, far);
    }

    /// <summary>Canaries that a caller did not bring along.</summary>
    private static IEnumerable<string> Beyond(Branch foreign, string heard, string said) =>
        foreign.Texts.Append(foreign.Figure).Append($"{foreign.Word}公司").Where(canary => heard.Contains(canary, StringComparison.Ordinal) && !said.Contains(canary, StringComparison.Ordinal));

    /// <summary>A client of its own: some routes end the token they are called with.</summary>
    private async Task<HttpClient> NewClientAsync(string? userName) => userName is null ? city.NewClient() : await city.NewClientAsync(userName);

    /// <summary>Everything that came back: status line, headers, body, and the parts of a workbook.</summary>
    private static async Task<string> AskAsync(HttpClient client, HttpMethod method, string address, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        using HttpResponseMessage response = await client.SendAsync(request);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        var text = new StringBuilder($"{response.Headers}{Uri.UnescapeDataString(response.Content.Headers.ToString())}{Encoding.UTF8.GetString(bytes)}");
        Assert.True((int)response.StatusCode < 500, $"{address}: {text}");
        if (bytes.AsSpan().StartsWith("PK"u8))
        {
            using var archive = new ZipArchive(new MemoryStream(bytes));
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                text.Append(await reader.ReadToEndAsync());
            }
        }

        return text.ToString();
    }

    private async Task<int> ExportsAsync()
    {
        await using PlatformDb db = city.Db();
        return await db.Set<Lodestone.Kernel.Documents.ExportRecord>().CountAsync();
    }

    /// <summary>All rows of a branch in all owned tables, and its organisations.</summary>
    private async Task<string> DigestAsync(Branch branch)
    {
        await using PlatformDb db = city.Db();
        long[] owners = await db.Set<Organisation>().Where(row => row.Code == branch.District || row.Code == branch.Enterprise).Select(row => row.Id).ToArrayAsync();
        var text = new StringBuilder();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => typeof(IOwned).IsAssignableFrom(entity.ClrType)).OrderBy(entity => entity.Name, StringComparer.Ordinal))
        {
            var read = typeof(CanaryTests).GetMethod(nameof(RowsAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;
            IEnumerable<object> rows = await (Task<IEnumerable<object>>)read.MakeGenericMethod(entity.ClrType).Invoke(null, [db, owners])!;
            text.AppendJoin('\n', rows.Select(row => string.Join('|', entity.GetProperties().Select(property => property.PropertyInfo?.GetValue(row)))).Order(StringComparer.Ordinal));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static async Task<IEnumerable<object>> RowsAsync<T>(PlatformDb db, long[] owners)
        where T : class, IOwned => await db.Set<T>().AsNoTracking().Where(row => owners.Contains(row.OrganisationId)).ToListAsync();
}
