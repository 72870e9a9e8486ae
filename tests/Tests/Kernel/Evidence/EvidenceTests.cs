using System.Net.Http.Headers;
using System.Text;
using Lodestone.Kernel.Evidence;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Evidence;

/// <summary>A file is kept once, is what its name says, and is its organisation's.</summary>
public sealed class EvidenceTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    private static readonly byte[] s_pdf = Encoding.ASCII.GetBytes("%PDF-1.7 a report");

    [Fact]
    public async Task A_file_comes_back_as_it_was_and_only_to_its_own_branch()
    {
        long id = (long)(await AddAsync("reporter1", "e1", "年报.pdf", s_pdf))["id"];
        Answer own = (await ReadAsync("reporter1", id)).Ok();
        Assert.Equal("%PDF-1.7 a report", own.Text);
        Assert.Equal("attachment", own.Message.Content.Headers.ContentDisposition?.DispositionType);
        (await ReadAsync("reviewer1", id)).Ok();
        (await ReadAsync("city-reviewer", id)).Ok();
        (await ReadAsync("reporter2", id)).Refused("request.not-found", 404);
        (await ReadAsync("reviewer2", id)).Refused("request.not-found", 404);
        (await ReadAsync("system", id)).Refused("access.role", 403);
    }

    [Fact]
    public async Task The_same_content_is_kept_once()
    {
        byte[] content = Encoding.ASCII.GetBytes("%PDF-1.7 the same");
        Answer first = await AddAsync("reporter1", "e1", "a.pdf", content);
        Answer second = await AddAsync("reporter2", "e2", "b.pdf", content);
        Assert.Equal((string?)first["sha256"], (string?)second["sha256"]);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(platform.Place.Folder, "evidence"), (string)first["sha256"]!, SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_is_not_what_its_name_says_is_refused()
    {
        (await AddAsync("reporter1", "e1", "page.html", Encoding.ASCII.GetBytes("<script>"))).Refused("evidence.kind", 422);
        (await AddAsync("reporter1", "e1", "report.pdf", Encoding.ASCII.GetBytes("<script>"))).Refused("evidence.content", 422);
        (await AddAsync("reporter1", "e1", "report.pdf", [])).Refused("evidence.empty", 422);
        (await AddAsync("reporter1", "e1", "figures.csv", new byte[EvidenceStore.Largest + 1])).Refused("evidence.too-large", 422);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(platform.Place.Folder, "evidence"), ".*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Nobody_adds_for_another_organisation()
    {
        (await AddAsync("reporter1", "e2", "a.pdf", s_pdf)).Refused("request.not-found", 404);
        (await AddAsync("reviewer1", "e1", "a.pdf", s_pdf)).Refused("access.role", 403);
    }

    private async Task<Answer> ReadAsync(string userName, long id) => await (await platform.ClientAsync(userName)).ReadAsync($"/api/evidence/{id}");

    private async Task<Answer> AddAsync(string userName, string organisation, string name, byte[] content)
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { file, "file", name } };
        return await (await platform.ClientAsync(userName)).CallAsync(HttpMethod.Post, $"/api/evidence?organisation={organisation}", form);
    }
}
