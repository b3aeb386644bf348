namespace Sensing.Das.Recordings.Npy;

/// <summary>Opens a NumPy array with its sidecar.</summary>
internal static class NpyRecording
{
    /// <exception cref="RecordingException">The array or its sidecar is missing or not right.</exception>
    public static Recording Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
            NpyHeader header = NpyHeader.Read(file, path);
            NpySidecar sidecar = NpySidecar.Read(path);
            string sidecarPath = NpySidecar.PathOf(path);
            SampleUnit unit = SampleUnit.Of(sidecar.Unit) ?? throw new RecordingException(
                "wrong-type", sidecarPath, "unit", $"The unit '{sidecar.Unit}' is not known.", $"Known are {SampleUnit.Known}.");
            DateTimeOffset start = RecordingTime.Parse(sidecar.StartTime) ?? throw new RecordingException(
                "wrong-type", sidecarPath, "startTime", $"'{sidecar.StartTime}' is no ISO 8601 time.", "Write it as 2026-01-01T00:00:00Z.");
            (long rows, long channels) = sidecar.Axes == "time,distance" ? (header.Shape[0], header.Shape[1]) : (header.Shape[1], header.Shape[0]);
            RecordingBounds.CheckSize(path, null, rows, channels, header.ItemBytes, file.Length);
            var samples = new NpySamples(path, file, header, sidecar.Axes == "time,distance");
            return new Recording(
                new RecordingHeader
                {
                    Format = "NumPy",
                    FormatVersion = "1",
                    Geometry = new DasGeometry(
                        samples.Channels, sidecar.TimeStepSeconds, sidecar.ChannelStepM, sidecar.FirstChannelM, sidecar.GaugeLengthM),
                    StartTime = start,
                    Rows = samples.Rows,
                    Quantity = unit.Quantity,
                    Conversion = FormattableString.Invariant($"array × {sidecar.Scale:G9} ({sidecar.Unit})"),
                },
                samples, [RecordingBounds.Factor(sidecarPath, "scale", sidecar.Scale * unit.Factor)]);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecordingException("missing", path, null, "There is no such file.", "Check the path.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            file?.Dispose();
            throw new RecordingException("unreadable", path, null, "The file may not be read by this program's user.", "Give it read permission.", error);
        }
        catch (Exception error) when (error is not RecordingException)
        {
            file?.Dispose();
            throw new RecordingException("unreadable", path, null, $"The array cannot be read ({error.Message.TrimEnd('.')}).", "Save the array with numpy.save, and its sidecar anew.", error);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }
}
