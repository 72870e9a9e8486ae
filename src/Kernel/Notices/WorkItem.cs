using System.Linq.Expressions;
using Lodestone.Kernel.Calendar;

namespace Lodestone.Kernel.Notices;

/// <summary>Something that waits for the actor.</summary>
/// <param name="Kind">Key of the words that say what to do, e.g. <c>work.return.submitted</c>.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Organisation">Whose it is.</param>
/// <param name="DueOn">The day it must be done by; null when no limit runs.</param>
/// <param name="Provisional">The date crosses into a year without a published calendar.</param>
public sealed record WorkItem(
    string Kind, string Title, string Organisation, string Href, DateOnly? DueOn, bool Provisional, DateTimeOffset? Since);

/// <summary>A mechanism that knows of work which no case shows yet, such as a return that nobody has begun.</summary>
public interface IWorkSource
{
    /// <summary>The items that wait for the context's actor, at most a page of them.</summary>
    Task<IReadOnlyList<WorkItem>> ListAsync(CancellationToken cancel = default);
}

/// <summary>
/// A mechanism whose cases are not everybody's who holds the role over their organisation: a department's examiners work on that department's.
/// </summary>
public interface ICaseShare
{
    /// <summary>Ids of the cases that are somebody else's work, for the context's actor, to be left out inside a query; null when nothing is left out.</summary>
    Task<IQueryable<long>?> OthersAsync(Data.PlatformDb db, CancellationToken cancel = default);
}

internal static class CaseShares
{
    /// <summary>The rows whose case is not somebody else's work. It is decided in the query, so a page is a page and a limit counts the actor's own.</summary>
    public static async Task<IQueryable<T>> OfActorAsync<T>(
        this IEnumerable<ICaseShare> shares, Data.PlatformDb db, IQueryable<T> rows, Expression<Func<T, long>> caseOf, CancellationToken cancel)
    {
        foreach (ICaseShare share in shares)
        {
            if (await share.OthersAsync(db, cancel) is { } others)
            {
                // Not Contains: a correlated look by key, never the list of all that others have.
                ParameterExpression other = Expression.Parameter(typeof(long));
                MethodCallExpression any = Expression.Call(
                    typeof(Queryable), nameof(Queryable.Any), [typeof(long)], others.Expression, Expression.Quote(Expression.Lambda<Func<long, bool>>(Expression.Equal(other, caseOf.Body), other)));
                rows = rows.Where(Expression.Lambda<Func<T, bool>>(Expression.Not(any), caseOf.Parameters));
            }
        }

        return rows;
    }
}

/// <summary>A mechanism whose own data says by when a case must move on, where its procedure's table has no limit.</summary>
public interface ICaseDue
{
    /// <summary>The due days of those of the cases that the mechanism knows.</summary>
    Task<IReadOnlyDictionary<long, DueDate>> OfAsync(IReadOnlyCollection<long> cases, CancellationToken cancel = default);
}
