namespace Lodestone.Kernel.Identity;

/// <summary>What a person holds and would leave behind. Names no paper: whoever manages accounts reads none.</summary>
/// <param name="Given">Delegations that the person has given; they end with the hand-over.</param>
/// <param name="Received">Delegations in which the person is the deputy; they stay, the owner decides on them.</param>
/// <param name="Work">Open work by what is to be done.</param>
public sealed record HandOverSight(
    IReadOnlyList<HeldSeat> Seats, IReadOnlyList<HeldDelegation> Given, IReadOnlyList<HeldDelegation> Received, IReadOnlyList<OpenWork> Work);

/// <summary>A membership in force or to come.</summary>
/// <param name="Organisation">Its code.</param>
public sealed record HeldSeat(string Organisation, string OrganisationName, string Role, DateOnly? From, DateOnly? Until);

/// <summary>A delegation in force or to come.</summary>
/// <param name="Other">The user name of the other side.</param>
public sealed record HeldDelegation(string Other, string OtherName, string Organisation, string OrganisationName, string Role, DateOnly From, DateOnly Until);

/// <summary>So many pieces of one kind of work.</summary>
/// <param name="Kind">Key of the words that say what to do, e.g. <c>work.return.submitted</c>.</param>
public sealed record OpenWork(string Kind, int Count);
