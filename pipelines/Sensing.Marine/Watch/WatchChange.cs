using Sensing.Marine.Targets;

namespace Sensing.Marine.Watch;

/// <summary>Class, duty or level of one target have changed, or the anchor drags or holds again.</summary>
/// <param name="Picture">When, and where own ship was.</param>
/// <param name="Target">The target; null: the anchor watch.</param>
internal readonly record struct WatchChange(Picture Picture, Target? Target)
{
    public double AnchorDistanceM { get; init; }

    public bool IsDragging { get; init; }
}
