namespace Sensing.CloudIngest.Store;

/// <summary>What an append did.</summary>
/// <param name="Added">Events that are new.</param>
/// <param name="Repeated">Events passed over because their source and id were there.</param>
/// <param name="DeadLetters">Records kept as dead letters, including events of one series too many.</param>
public sealed record AppendResult(int Added, int Repeated, int DeadLetters)
{
    /// <summary>Older dead letters removed to keep all of them within <see cref="Configuration.StoreOptions.MaxDeadLetterBytes"/>.</summary>
    public int DeadLettersRemoved { get; init; }
}
