namespace Sensing.Modules;

/// <summary>What the program exits with.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command failed; the message on standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The configuration has mistakes (EX_CONFIG of sysexits.h): starting again would not help.</summary>
    public const int Configuration = 78;
}
