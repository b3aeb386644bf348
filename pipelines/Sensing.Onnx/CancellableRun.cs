using Microsoft.ML.OnnxRuntime;

namespace Sensing.Onnx;

/// <summary>Runs of a model that can be ended early.</summary>
public static class CancellableRun
{
    /// <summary>Runs the model; where that is cancelled, ONNX Runtime stops before its next operator.</summary>
    /// <param name="session">The model.</param>
    /// <param name="run">The run's options, used for one run at a time.</param>
    /// <param name="inputNames">Names of the inputs.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputNames">Names of the outputs that are wanted.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public static IDisposableReadOnlyCollection<OrtValue> Run(
        this InferenceSession session, RunOptions run, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputs,
        IReadOnlyCollection<string> outputNames, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!cancellation.CanBeCanceled)
        {
            return session.Run(run, inputNames, inputs, outputNames);
        }

        try
        {
            using CancellationTokenRegistration ending = cancellation.Register(() => run.Terminate = true);
            return session.Run(run, inputNames, inputs, outputNames);
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            run.Terminate = false;
        }
    }
}
