using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lodestone.Tests.Kernel.Web.Kit;

public sealed class KitTests
{
    [Fact]
    public void Both_languages_have_the_same_words()
    {
        var resources = new ResourceManager(typeof(KitWords));
        var chinese = WordsOf(resources, CultureInfo.InvariantCulture);
        var english = WordsOf(resources, CultureInfo.GetCultureInfo("en"));
        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(chinese.Concat(english), word => Assert.False(string.IsNullOrWhiteSpace(word.Value)));
    }

    [Fact]
    public async Task A_light_is_a_shape_and_a_word_not_only_a_colour()
    {
        var shapes = new HashSet<string>();
        foreach (var kind in Enum.GetValues<LightKind>())
        {
            var html = await Render<LightMark>(new() { [nameof(LightMark.Kind)] = kind, [nameof(LightMark.Word)] = "剩 1 天" });
            Assert.Contains("剩 1 天", html, StringComparison.Ordinal);
            // The ring and the circle share their tag and differ in radius, so the whole drawing is compared.
            Assert.True(shapes.Add(html[html.IndexOf("<svg", StringComparison.Ordinal)..]), $"{kind} looks like another light");
        }
    }

    [Fact]
    public async Task A_clock_says_its_parts_and_dates_in_words()
    {
        var html = await Render<ClockBar>(new()
        {
            [nameof(ClockBar.Spans)] = new ClockSpan[] { new(ClockSpanKind.Run, 14, "08-24"), new(ClockSpanKind.Hold, 10, "09-11"), new(ClockSpanKind.Left, 16, "09-24") },
            [nameof(ClockBar.Until)] = "11-06",
        });
        Assert.Contains("08-24 运行 14，09-11 中止 10，09-24 剩 16，到 11-06", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_was_sent_back_says_so_and_is_the_current_one()
    {
        var html = await Render<Steps>(new() { [nameof(Steps.Items)] = new StepItem[] { new("区县初审", StepState.Back), new("市局审核", StepState.Ahead) } });
        Assert.Contains("aria-current=\"step\"", html, StringComparison.Ordinal);
        Assert.Contains("被退回", html, StringComparison.Ordinal);
        Assert.Contains("未到", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.4", "100%")]
    [InlineData("-0.2", "0%")]
    [InlineData("0.7375", "73.75%")]
    public async Task A_bar_never_leaves_its_frame(string value, string width)
    {
        var html = await Render<Bar>(new() { [nameof(Bar.Value)] = decimal.Parse(value, CultureInfo.InvariantCulture), [nameof(Bar.Label)] = "进度" });
        Assert.Contains($"width:{width}", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_with_an_error_leads_a_screen_reader_to_it()
    {
        var html = await Render<TextField>(new()
        {
            [nameof(TextField.Name)] = "Form.Due",
            [nameof(TextField.Id)] = "due",
            [nameof(TextField.Label)] = "希望到期日",
            [nameof(TextField.Error)] = "2 月没有 30 日",
            [nameof(TextField.Help)] = "写成 2026-02-28",
        });
        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"due-error due-help\"", html, StringComparison.Ordinal);
        Assert.Contains("for=\"due\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/returns/01", "/returns")]
    [InlineData("/returns", "/returns")]
    [InlineData("/returns-archive", null)]
    [InlineData("/", "/")]
    public async Task The_side_bar_marks_the_place_the_reader_is_in(string path, string? current)
    {
        var html = await Render<Shell>(new()
        {
            [nameof(Shell.Groups)] = new NavGroup[] { new(null, [new("/", "home", "工作台"), new("/returns", "edit", "报表填报", 2)]) },
            [nameof(Shell.Current)] = path,
        });
        Assert.Equal(current is not null, html.Contains("aria-current=\"page\"", StringComparison.Ordinal));
        if (current is not null)
        {
            Assert.Contains($"href=\"{current}\" aria-current=\"page\"", html, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string?> WordsOf(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);

    private static async Task<string> Render<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .AddSingleton<NavigationManager, FixedAddress>()
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private sealed class FixedAddress : NavigationManager
    {
        public FixedAddress() => Initialize("https://lodestone.test/", "https://lodestone.test/returns/01?page=2");
    }
}
