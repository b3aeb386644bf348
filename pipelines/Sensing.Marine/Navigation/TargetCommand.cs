namespace Sensing.Marine.Navigation;

/// <summary>A person's command about a target.</summary>
internal enum TargetCommand
{
    Acknowledge,
    Mute,
    Unmute,
}
