namespace Sensing.Effects;

/// <summary>The commands of a run that are pending, in the order of their submission.</summary>
internal sealed class PendingEffects
{
    private readonly OrderedDictionary<PendingEffect, bool> _commands = [];

    public IReadOnlyCollection<PendingEffect> All => _commands.Keys;

    /// <exception cref="InvalidOperationException">The id is pending already.</exception>
    public void Add(PendingEffect command)
    {
        if (!_commands.TryAdd(command, true))
        {
            throw new InvalidOperationException($"'{command.Effect}' {command.Id} is pending already: give each pending command an id of its own.");
        }
    }

    /// <returns>False where the command is not pending.</returns>
    public bool Remove(string effect, long id) => _commands.Remove(new PendingEffect(effect, id));
}
