namespace Sensing.Modules;

/// <summary>What the program exits with.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command failed; the message on standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>What the command was to read does not exist or cannot be read (EX_NOINPUT of sysexits.h).</summary>
    public const int NoInput = 66;

    /// <summary>The configuration has mistakes (EX_CONFIG of sysexits.h): starting again would not help.</summary>
    public const int Configuration = 78;
}
