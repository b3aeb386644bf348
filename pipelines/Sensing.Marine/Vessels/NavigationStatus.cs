namespace Sensing.Marine.Vessels;

/// <summary>Navigational status as AIS numbers it (ITU-R M.1371-5, table 46), with what the rules make of it.</summary>
public static class NavigationStatus
{
    public const int UnderWayEngine = 0, AtAnchor = 1, NotUnderCommand = 2, RestrictedManoeuvrability = 3, ConstrainedByDraught = 4,
        Moored = 5, Aground = 6, Fishing = 7, Sailing = 8, Distress = 14, Undefined = 15;

    /// <summary>At anchor, moored or aground.</summary>
    public static bool IsAtRest(int status) => status is AtAnchor or Moored or Aground;

    /// <summary>Rank by rule 18, lowest first: a vessel keeps out of the way of those of a lower one.</summary>
    internal static int Rank(int status) => status switch
    {
        NotUnderCommand or RestrictedManoeuvrability => 0,
        Fishing => 1,
        Sailing => 2,
        _ => 3,
    };
}
