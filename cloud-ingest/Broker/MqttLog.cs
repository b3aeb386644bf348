using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;

namespace Sensing.CloudIngest.Broker;

/// <summary>What MQTTnet has to say. Most of it is about clients that come, go and send what is no MQTT: anybody who reaches the port can cause it,
/// so it is bounded, and without the stack trace unless debugging is on.</summary>
internal sealed partial class MqttLog(ILogger logger, LogLines lines) : IMqttNetLogger
{
    public bool IsEnabled => true;

    public void Publish(MqttNetLogLevel level, string source, string message, object[] parameters, Exception exception)
    {
        switch (level)
        {
            case MqttNetLogLevel.Error when lines.TryTake(out long left):
                string text = LogLines.Plain(Text(message, parameters));
                Failed(source, exception is null || text == LogLines.Plain(exception.Message) ? text : $"{text} {LogLines.Plain(exception.Message)}");
                if (left > 0)
                {
                    LeftOut(left);
                }

                break;
            case MqttNetLogLevel.Warning when logger.IsEnabled(LogLevel.Debug):
                Warned(exception, source, LogLines.Plain(Text(message, parameters)));
                break;
        }
    }

    private static string Text(string message, object[]? parameters)
    {
        try
        {
            return parameters is { Length: > 0 } ? string.Format(System.Globalization.CultureInfo.InvariantCulture, message, parameters) : message;
        }
        catch (FormatException)
        {
            // An exception's message with braces in it.
            return message;
        }
    }

    [LoggerMessage(4111, LogLevel.Debug, "MQTT, {Source}: {Text}")]
    private partial void Warned(Exception? error, string source, string text);

    [LoggerMessage(4112, LogLevel.Warning, "MQTT, {Source}: {Text}")]
    private partial void Failed(string source, string text);

    [LoggerMessage(4113, LogLevel.Warning, "MQTT: {Count} further messages like this were not logged.")]
    private partial void LeftOut(long count);
}
