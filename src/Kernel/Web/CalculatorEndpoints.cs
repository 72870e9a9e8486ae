using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Kernel.Web;

/// <summary>Rules anybody may ask about; they touch no organisation's data.</summary>
internal static class CalculatorEndpoints
{
    private const string Why = "published rules on the caller's own figures";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calculators/due-date", DueDateAsync).OpenToAnyone(Why);
        routes.MapGet("/api/calculators/credit-code", CheckCreditCode).OpenToAnyone(Why);
        routes.MapGet("/api/calculators/enterprise-size", Size).OpenToAnyone(Why);
    }

    internal sealed record DueDateView(DateOnly DueOn, bool Provisional);

    internal sealed record CreditCodeView(bool Valid, string? Reason);

    internal sealed record SizeView(string Size, bool AboveScale);

    private static async Task<Ok<DueDateView>> DueDateAsync(DateOnly from, int workingDays, CalendarBook book, CancellationToken cancel)
    {
        WorkCalendar calendar = await book.CurrentAsync(cancel);
        try
        {
            DueDate due = calendar.AddWorkdays(from, workingDays);
            return TypedResults.Ok(new DueDateView(due.DueOn, due.Provisional));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new Refusal("calendar.out-of-range", 422, WorkCalendar.FirstDay.Year, WorkCalendar.LastDay.Year);
        }
    }

    private static Ok<CreditCodeView> CheckCreditCode(string? code)
    {
        (bool valid, string? reason) = CreditCode.Check(code);
        return TypedResults.Ok(new CreditCodeView(valid, reason));
    }

    private static Ok<SizeView> Size(string? industry, int staff, decimal revenueYuan)
    {
        (EnterpriseSize? size, string? reason) = EnterpriseSize.Of(industry, staff, revenueYuan);
        return size is { } found
            ? TypedResults.Ok(new SizeView(found.Word, found.AboveScale))
            : throw new Refusal(reason!, 422, industry ?? "");
    }
}
