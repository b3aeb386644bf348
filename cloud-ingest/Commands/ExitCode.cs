namespace Sensing.CloudIngest.Commands;

/// <summary>Exit codes, those of sysexits where there is one.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    public const int Stale = 1;

    /// <summary>EX_NOINPUT.</summary>
    public const int NoFile = 66;

    /// <summary>EX_UNAVAILABLE: a port or a file cannot be had.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_CONFIG.</summary>
    public const int Configuration = 78;
}
