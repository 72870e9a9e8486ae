namespace Lodestone.Kernel.Identity;

/// <summary>The actor of the running scope. Set once by the sign-in step of the request, or by a job for itself.</summary>
public sealed class CurrentActor
{
    private Actor _actor = Actor.Nobody;

    public Actor Actor
    {
        get => _actor;
        set
        {
            _actor = value;
            Changed?.Invoke(value);
        }
    }

    /// <summary>The actor with every reach, for the frame around a page: unread notices are counted alike on all pages.</summary>
    public Actor Whole { get; internal set; } = Actor.Nobody;

    /// <summary>Tells a context that was leased before the actor was known.</summary>
    internal Action<Actor>? Changed { get; set; }
}
