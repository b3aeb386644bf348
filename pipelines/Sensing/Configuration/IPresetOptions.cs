namespace Sensing.Configuration;

/// <summary>An options record that may start from a named set of values instead of its defaults.</summary>
/// <remarks>The key <c>preset</c>, an option of the record, names the set; every value that is given beside it goes over it.</remarks>
public interface IPresetOptions
{
    /// <summary>Records of the same type by the word that names them.</summary>
    IReadOnlyDictionary<string, object> Presets { get; }
}
