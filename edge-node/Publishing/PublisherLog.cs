using Microsoft.Extensions.Logging;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Log messages of the publisher: 2000 to 2099.</summary>
internal static partial class PublisherLog
{
    [LoggerMessage(2000, LogLevel.Information, "Connected to {Host}:{Port}; at most {Window} events in flight.")]
    public static partial void Connected(ILogger logger, string host, int port, int window);

    [LoggerMessage(2001, LogLevel.Warning, "Not connected to {Host}:{Port}: {Problem} Events are kept in the outbox.")]
    public static partial void NotConnected(ILogger logger, string host, int port, string problem);

    [LoggerMessage(2002, LogLevel.Warning, "The connection is lost ({Reason}); {InFlight} events in flight are sent again.")]
    public static partial void Lost(ILogger logger, string reason, int inFlight);

    [LoggerMessage(2003, LogLevel.Warning, "The broker does not take events for now ({Reason}); they are tried again.")]
    public static partial void RefusedForNow(ILogger logger, string reason);

    [LoggerMessage(2004, LogLevel.Information, "The broker takes events again.")]
    public static partial void TakesAgain(ILogger logger);

    [LoggerMessage(2005, LogLevel.Error, "Event {Id} ({Type} of {Source}) was refused for good ({Reason}) and is now a dead letter; the others go on.")]
    public static partial void DeadLetter(ILogger logger, string id, string type, string source, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "No acknowledgement for {Seconds} s although events are in flight: the connection is made anew.")]
    public static partial void NothingMoves(ILogger logger, double seconds);

    [LoggerMessage(2007, LogLevel.Information, "Certificate or password file has changed: the connection is made anew.")]
    public static partial void FilesChanged(ILogger logger);

    [LoggerMessage(2009, LogLevel.Error, "The broker refuses the node's status ({Reason}): check its access rules.")]
    public static partial void StatusRefused(ILogger logger, string reason);

    [LoggerMessage(2008, LogLevel.Warning, "Stopped while {Events} events wait in the outbox; they are sent after the next start.")]
    public static partial void StoppedWithRest(ILogger logger, long events);

    [LoggerMessage(2010, LogLevel.Warning, "Events of other nodes of the site {Site} are not received: {Problem}. Check the broker's access rules.")]
    public static partial void SiteNotHeard(ILogger logger, string site, string problem);
}
