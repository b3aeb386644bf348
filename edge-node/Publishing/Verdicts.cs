using MQTTnet;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Tells the broker's reason codes apart (MQTT 5.0, sections 3.4.2.1, 3.2.2.2 and 3.14.2.1).</summary>
internal static class Verdicts
{
    public static Verdict Of(MqttClientPublishReasonCode code, bool waitForSubscribers) => code switch
    {
        MqttClientPublishReasonCode.Success => Verdict.Delivered,

        // The broker has taken it and thrown it away, because nobody has subscribed yet.
        MqttClientPublishReasonCode.NoMatchingSubscribers => waitForSubscribers ? Verdict.Later : Verdict.Delivered,
        MqttClientPublishReasonCode.QuotaExceeded or MqttClientPublishReasonCode.PacketIdentifierInUse => Verdict.Later,
        MqttClientPublishReasonCode.NotAuthorized or MqttClientPublishReasonCode.TopicNameInvalid
            or MqttClientPublishReasonCode.PayloadFormatInvalid => Verdict.Poison,
        _ => Verdict.Doubtful,
    };

    /// <summary>Whether a broker that ended the connection with this reason did so because of what was sent.</summary>
    public static bool BlamesAnEvent(MqttClientDisconnectReason reason) => reason is
        MqttClientDisconnectReason.PacketTooLarge or MqttClientDisconnectReason.MalformedPacket or MqttClientDisconnectReason.ProtocolError
        or MqttClientDisconnectReason.TopicNameInvalid or MqttClientDisconnectReason.PayloadFormatInvalid;

    /// <summary>What to do about a refused connection.</summary>
    public static string Remedy(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword => "Check mqtt.user and the password file.",
        MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned
            => "Check the node's certificate or user and the broker's access rules.",
        MqttClientConnectResultCode.ClientIdentifierNotValid => "Check mqtt.clientId.",
        MqttClientConnectResultCode.UnsupportedProtocolVersion => "The broker must speak MQTT 5.",
        MqttClientConnectResultCode.ServerBusy or MqttClientConnectResultCode.ServerUnavailable
            or MqttClientConnectResultCode.QuotaExceeded or MqttClientConnectResultCode.ConnectionRateExceeded
            => "The broker has too much to do; it is tried again.",
        MqttClientConnectResultCode.PacketTooLarge or MqttClientConnectResultCode.RetainNotSupported or MqttClientConnectResultCode.QoSNotSupported
            => "The broker must allow retained messages and QoS 1 for the node's status.",
        _ => "See the broker's log.",
    };
}
