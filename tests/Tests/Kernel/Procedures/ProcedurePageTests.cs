using System.Globalization;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Procedures;

/// <summary>Owns what people see of the tables: words, drawing, papers, versions.</summary>
public sealed class ProcedurePageTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    public static TheoryData<string> Codes => [.. Program.Modules.SelectMany(module => module.Procedures).Select(table => table.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Everything_in_a_table_has_a_word_in_both_languages(string code)
    {
        Words words = platform.Services.GetRequiredService<Words>();
        Procedure table = platform.Services.GetRequiredService<Catalogue>().Procedure(code);
        foreach (string language in new[] { "zh-CN", "en" })
        {
            CultureInfo.CurrentUICulture = new CultureInfo(language);
            string[] keys =
            [
                $"procedure.{code}", .. table.Stages.Select(stage => $"stage.{code}.{stage}"), .. table.Clocks.Select(clock => $"clock.{code}.{clock.Name}"),
                .. table.Transitions.Where(move => !move.Automatic).Select(move => $"role.{move.Role}"),
            ];
            Assert.Empty(keys.Where(key => !words.Knows(key)));
            Assert.Empty(table.Transitions.Select(move => move.Action).Where(action => !words.Knows($"action.{code}.{action}") && !words.Knows($"action.{action}")));
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_drawing_shows_every_stage_and_move_and_no_box_covers_another(string code)
    {
        Procedure table = platform.Services.GetRequiredService<Catalogue>().Procedure(code);
        ProcedureDrawing drawing = ProcedureDrawing.Of(table);
        Assert.Equal(table.Stages.Order(), drawing.Boxes.Select(box => box.Stage).Order());
        Assert.Equal(Enumerable.Range(1, table.Transitions.Count), drawing.Arrows.SelectMany(arrow => arrow.Numbers.Split(' ')).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).Order());
        Assert.All(drawing.Boxes, box => Assert.DoesNotContain(drawing.Boxes, other => other != box && other.Y == box.Y && Math.Abs(other.X - box.X) < ProcedureDrawing.BoxWidth));
        Assert.All(drawing.Boxes, box => Assert.InRange(box.X, 0, drawing.Width - ProcedureDrawing.BoxWidth));
        // What a case ends in stands below all that lead there: its arrows fall and cross no other stage's box at the side.
        var tops = drawing.Boxes.ToDictionary(box => box.Stage, box => box.Y);
        Assert.All(table.Transitions.Where(move => move.From != move.To && table.From(move.To).All(next => next.To == move.To)), move => Assert.True(tops[move.To] > tops[move.From], $"{move.From} -> {move.To}"));
    }

    [Fact]
    public async Task A_table_that_changed_is_a_new_version_and_the_difference_is_told()
    {
        ProcedureBook book = platform.Services.GetRequiredService<ProcedureBook>();
        await book.RecordAsync();
        ProcedureVersion first = Assert.Single(await book.VersionsAsync("trial"));
        Procedure table = ProcedureBook.Read(first);
        Assert.Equal(ProcedureBook.Write(TrialModule.Procedure), ProcedureBook.Write(table));
        Procedure later = table with
        {
            Transitions =
            [
                .. table.Transitions.Where(move => move.Action != "withdraw").Select(move => move.Action == "submit" ? move with { Limit = new TimeLimit(5, "a new rule") } : move),
                new Transition("cancel", "draft", "approved", Role.Reporter, Seat.Own),
            ],
            Clocks = [],
        };
        await using (PlatformDb db = platform.Db())
        {
            db.Add(new ProcedureVersion { Code = "trial", Number = 2, Hash = "x", Content = ProcedureBook.Write(later), RecordedAt = platform.Clock.GetUtcNow() });
            db.Audit("procedure.recorded", new Lodestone.Kernel.Subject("procedure", 2), 0, await platform.Services.GetRequiredService<Ids>().NextAsync());
            await db.SaveChangesAsync();
        }

        HttpClient reporter = await platform.ClientAsync("reporter1");
        JsonNode difference = (await reporter.ReadAsync("/api/procedures/trial/difference?from=1&to=2")).Ok().Body!;
        Assert.Equal([("changed", "submit"), ("removed", "withdraw"), ("added", "cancel")],
            difference["moves"]!.AsArray().Select(move => ((string)move!["kind"]!, (string)(move["after"] ?? move["before"])!["action"]!)));
        Assert.Equal("removed", (string?)difference["clocks"]!.AsArray()[0]!["kind"]);
        (await reporter.ReadAsync("/api/procedures/trial/difference?from=1&to=9")).Refused("request.not-found", 404);
        (await reporter.ReadAsync("/api/procedures/nothing")).Refused("request.not-found", 404);
        // The product starts again with the first table: it is a third version, not a return to the first.
        await book.RecordAsync();
        Assert.Equal([3, 2, 1], (await book.VersionsAsync("trial")).Select(version => version.Number));
        Assert.Equal(3, (await reporter.ReadAsync("/api/procedures/trial")).Ok().Body!["versions"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("return")]
    [InlineData("supervision")]
    public async Task A_table_comes_as_a_workbook_and_as_a_valid_paper(string code)
    {
        HttpClient reporter = await platform.ClientAsync("reporter1");
        using HttpResponseMessage paper = await reporter.GetAsync(new Uri($"/api/procedures/{code}/document", UriKind.Relative));
        using var content = new MemoryStream(await paper.Content.ReadAsByteArrayAsync());
        using WordprocessingDocument document = WordprocessingDocument.Open(content, false);
        Assert.Empty(new OpenXmlValidator().Validate(document));
        Assert.Contains(platform.Services.GetRequiredService<Catalogue>().Procedure(code).LegalSource, document.MainDocumentPart!.Document!.InnerText, StringComparison.Ordinal);
        using HttpResponseMessage book = await reporter.GetAsync(new Uri($"/api/procedures/{code}/workbook", UriKind.Relative));
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString((await book.Content.ReadAsByteArrayAsync())[..2]));
    }
}
