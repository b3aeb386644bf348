namespace Sensing.TrafficCamera.Sirens;

/// <summary>Kinds of synthetic sound: sirens first, then what is taken for them.</summary>
public enum SoundKind
{
    /// <summary>A tone that rises and falls within seconds.</summary>
    Wail,

    /// <summary>The same several times a second.</summary>
    Yelp,

    /// <summary>Two tones that take turns.</summary>
    HiLo,

    /// <summary>A chord that a car sounds for a while.</summary>
    CarHorn,

    /// <summary>A low chord with many harmonics.</summary>
    AirHorn,

    /// <summary>One tone, on and off.</summary>
    ReversingBeeper,

    /// <summary>Chords and a melody.</summary>
    Music,

    /// <summary>Fast chirps, and two notes of a cuckoo.</summary>
    Birds,

    /// <summary>A high tone that hardly moves.</summary>
    Brakes,

    /// <summary>Syllables with many harmonics.</summary>
    Voice,

    /// <summary>A car or motorcycle that accelerates: many low harmonics.</summary>
    Engine,

    /// <summary>A bell of a tram: partials that die away.</summary>
    TramBell,

    /// <summary>Noise of tyres and engines far off.</summary>
    Traffic,
}
