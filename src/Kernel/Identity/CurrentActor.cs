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

    /// <summary>Tells a context that was leased before the actor was known.</summary>
    internal Action<Actor>? Changed { get; set; }
}
