namespace Sensing.Streams;

/// <summary>State that survives the process: saved with the source's position, loaded after a restart.</summary>
public interface IResumable
{
    /// <summary>Writes the whole state. The size is bounded by configuration, not by run time.</summary>
    void Save(BinaryWriter state);

    /// <summary>Reads what <see cref="Save"/> of the same options and version wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of another version or shape.</exception>
    void Load(BinaryReader state);
}
