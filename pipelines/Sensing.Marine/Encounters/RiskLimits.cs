namespace Sensing.Marine.Encounters;

/// <summary>Within both there is a risk of collision.</summary>
/// <param name="CpaM">Closest point of approach, m.</param>
/// <param name="TcpaS">Time to it, s.</param>
public readonly record struct RiskLimits(double CpaM, double TcpaS)
{
    /// <summary>Whether the vessels come so close so soon.</summary>
    /// <param name="approach">Their closest approach.</param>
    /// <param name="margin">Factor on both limits.</param>
    public bool Holds(Geodesy.ClosestApproach approach, double margin = 1) =>
        approach.CpaM < CpaM * margin && approach.TcpaS > 0 && approach.TcpaS < TcpaS * margin;
}
