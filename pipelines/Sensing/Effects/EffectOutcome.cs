using System.Text.Json.Serialization;

namespace Sensing.Effects;

/// <summary>How a command ended.</summary>
public enum EffectOutcome
{
    /// <summary>The handler returned a result.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>The handler threw; <see cref="EffectCompletion.Problem"/> says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The handler did not return within the stream's time limit.</summary>
    [JsonStringEnumMemberName("timed-out")]
    TimedOut,

    /// <summary>The command was not started: as many as the stream allows were already pending.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>The program stopped while the command was pending; its result, if there ever was one, is lost.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost,
}
