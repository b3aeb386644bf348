using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;

namespace Sensing.CloudIngest.Broker;

/// <summary>What MQTTnet has to say. Its warnings are clients that come and go; they are told only where debugging is on.</summary>
internal sealed partial class MqttLog(ILogger logger) : IMqttNetLogger
{
    public bool IsEnabled => true;

    public void Publish(MqttNetLogLevel level, string source, string message, object[] parameters, Exception exception)
    {
        switch (level)
        {
            case MqttNetLogLevel.Error:
                Failed(exception, source, Text(message, parameters));
                break;
            case MqttNetLogLevel.Warning when logger.IsEnabled(LogLevel.Debug):
                Warned(exception, source, Text(message, parameters));
                break;
        }
    }

    private static string Text(string message, object[]? parameters) =>
        parameters is { Length: > 0 } ? string.Format(System.Globalization.CultureInfo.InvariantCulture, message, parameters) : message;

    [LoggerMessage(4111, LogLevel.Debug, "MQTT, {Source}: {Text}")]
    private partial void Warned(Exception? error, string source, string text);

    [LoggerMessage(4112, LogLevel.Warning, "MQTT, {Source}: {Text}")]
    private partial void Failed(Exception? error, string source, string text);
}
