namespace Sensing.Das.Synthetic;

/// <summary>In which way a channel carries no signal.</summary>
public enum DeadChannelKind
{
    /// <summary>Exact zeros.</summary>
    Flat,

    /// <summary>Fibre without contact to the ground: noise alone.</summary>
    Uncoupled,

    /// <summary>Noise twenty times as strong as on other channels.</summary>
    Noisy,
}
