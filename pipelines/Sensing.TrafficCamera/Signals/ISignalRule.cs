using Sensing.Streams;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Chooses phases from traffic. It only asks: the guard decides when a phase may end.</summary>
internal interface ISignalRule : IResumable
{
    /// <summary>The phase that should be green now: the present one to keep it.</summary>
    /// <param name="lamps">What is shown.</param>
    /// <param name="traffic">What the readings show.</param>
    /// <param name="reason">Why, in plain words; only read where the phase changes.</param>
    int Choose(SignalGuard lamps, JunctionTraffic traffic, out Func<string> reason);
}
