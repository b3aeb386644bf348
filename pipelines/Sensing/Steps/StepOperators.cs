using System.Reactive.Linq;

namespace Sensing.Steps;

/// <summary>Rx operators that run a step.</summary>
public static class StepOperators
{
    /// <summary>Runs <paramref name="step"/> on every item; a break flushes the step and is passed on.</summary>
    public static IObservable<Signal<TOut>> Through<TIn, TOut>(this IObservable<Signal<TIn>> source, IStep<TIn, TOut> step) =>
        Observable.Create<Signal<TOut>>(observer =>
        {
            Action<TOut> emit = item => observer.OnNext(Signal<TOut>.Of(item));
            return source.Subscribe(
                signal =>
                {
                    if (signal.IsBreak)
                    {
                        step.Break(emit);
                        observer.OnNext(Signal<TOut>.Break);
                    }
                    else
                    {
                        step.Next(signal.Item!, emit);
                    }
                },
                observer.OnError,
                observer.OnCompleted);
        });

    /// <summary>The items alone.</summary>
    public static IObservable<T> Items<T>(this IObservable<Signal<T>> source) =>
        source.Where(signal => !signal.IsBreak).Select(signal => signal.Item!);
}
