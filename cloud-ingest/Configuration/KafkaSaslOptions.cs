using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>User and password for Kafka.</summary>
public sealed record KafkaSaslOptions
{
    [Option("SASL mechanism. SCRAM keeps the password itself off the wire.")]
    public KafkaSaslMechanism Mechanism { get; init; } = KafkaSaslMechanism.ScramSha512;

    [Option("User name.", Required = true, Min = 1)]
    public string User { get; init; } = "";

    [Option("File whose first line is the password; read again when it changes.", Required = true, Min = 1)]
    public string PasswordFile { get; init; } = "";

    /// <summary>The password as the file has it now.</summary>
    public string ReadPassword() => File.ReadLines(PasswordFile).FirstOrDefault() ?? "";
}
