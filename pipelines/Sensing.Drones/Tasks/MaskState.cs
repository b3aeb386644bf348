namespace Sensing.Drones.Tasks;

/// <summary>Whether a person wears a mask over mouth and nose.</summary>
public enum MaskState
{
    /// <summary>No face can be seen: the person looks away, or is too far or too small.</summary>
    NoFaceVisible,

    /// <summary>Mouth and nose are bare.</summary>
    NoMask,

    /// <summary>Mouth and nose are covered.</summary>
    Mask,
}
