using Sensing.Configuration;

namespace Sensing.Das;

/// <summary>Channels from one to another, both included.</summary>
public sealed record ChannelRange : ICheckedOptions
{
    [Option("First channel, as the recording counts them: from 0.", Required = true, Min = 0)]
    public int From { get; init; }

    [Option("Last channel.", Required = true, Min = 0)]
    public int To { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (To < From)
        {
            yield return new ConfigurationProblem("to", $"must not be before from ({From})");
        }
    }
}
