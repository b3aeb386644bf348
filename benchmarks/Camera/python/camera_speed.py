"""The steps of the camera pipeline without a model, with OpenCV: decode, scale, background model with shadows, cleaning, contours, tracks, counts.

Arguments: a video, how often it is read. Prints one JSON object. Needs Debian's python3-opencv.
"""
import json
import resource
import sys
import time

try:
    import cv2
    import numpy as np
except ImportError as error:
    sys.exit(f"{error}: install OpenCV for Python (apt-get install python3-opencv).")

cv2.setNumThreads(1)
WARM, WIDTH, LEAST_AREA, REACH, MISSES = 100, 640, 120, 60.0, 8
path, loops = sys.argv[1], int(sys.argv[2])
kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
model = cv2.createBackgroundSubtractorMOG2(history=500, varThreshold=16, detectShadows=True)


class Track:
    """A Kalman filter over position and speed in the picture."""

    def __init__(self, x, y):
        self.filter = cv2.KalmanFilter(4, 2)
        self.filter.transitionMatrix = np.array([[1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1]], np.float32)
        self.filter.measurementMatrix = np.eye(2, 4, dtype=np.float32)
        self.filter.processNoiseCov = np.diag([1, 1, 0.5, 0.5]).astype(np.float32)
        self.filter.measurementNoiseCov = 9 * np.eye(2, dtype=np.float32)
        self.filter.errorCovPost = np.diag([9, 9, 100, 100]).astype(np.float32)
        self.filter.statePost = np.array([[x], [y], [0], [0]], np.float32)
        self.hits, self.misses, self.counted = 1, 0, False
        self.at = (x, y)

    def predict(self):
        state = self.filter.predict()
        self.at = (float(state[0, 0]), float(state[1, 0]))

    def correct(self, x, y):
        state = self.filter.correct(np.array([[x], [y]], np.float32))
        self.hits += 1
        self.misses = 0
        self.at = (float(state[0, 0]), float(state[1, 0]))


def assign(tracks, points):
    """Pairs of tracks and points, nearest first."""
    if not tracks or not points:
        return []
    at = np.array([track.at for track in tracks])
    distance = np.linalg.norm(at[:, None, :] - np.array(points)[None, :, :], axis=2)
    pairs = []
    while True:
        best = int(distance.argmin())
        t, p = divmod(best, distance.shape[1])
        if distance[t, p] > REACH:
            return pairs
        pairs.append((t, p))
        distance[t, :] = np.inf
        distance[:, p] = np.inf


def resident():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


tracks, counted, frames = [], 0, 0
rss_start = begin = processor = None
for _ in range(loops):
    video = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
    while True:
        good, picture = video.read()
        if not good:
            break
        height = round(picture.shape[0] * WIDTH / picture.shape[1] / 2) * 2
        small = cv2.resize(picture, (WIDTH, height), interpolation=cv2.INTER_AREA)
        mask = model.apply(small)
        moving = cv2.threshold(mask, 200, 255, cv2.THRESH_BINARY)[1]
        moving = cv2.morphologyEx(moving, cv2.MORPH_OPEN, kernel)
        moving = cv2.morphologyEx(moving, cv2.MORPH_CLOSE, kernel)
        contours, _ = cv2.findContours(moving, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        points = []
        for contour in contours:
            if cv2.contourArea(contour) >= LEAST_AREA:
                x, y, w, h = cv2.boundingRect(contour)
                points.append((x + w / 2, float(y + h)))
        before = [track.at[1] for track in tracks]
        for track in tracks:
            track.predict()
        pairs = assign(tracks, points)
        taken = {p for _, p in pairs}
        hit = {t for t, _ in pairs}
        for t, p in pairs:
            tracks[t].correct(*points[p])
        line = 0.7 * height
        for t, track in enumerate(tracks):
            track.misses += 0 if t in hit else 1
            if track.hits > 4 and not track.counted and (before[t] - line) * (track.at[1] - line) < 0:
                track.counted = True
                counted += 1
        tracks = [track for track in tracks if track.misses <= MISSES]
        tracks += [Track(*point) for p, point in enumerate(points) if p not in taken]
        frames += 1
        if frames == WARM:
            rss_start, processor, begin = resident(), used(), time.perf_counter()
    video.release()

if frames <= WARM:
    sys.exit(f"{path}: {frames} frames are too few, more than {WARM} are needed.")
print(json.dumps({
    "frames": frames - WARM,
    "seconds": time.perf_counter() - begin,
    "processorSeconds": used() - processor,
    "rssStartMb": rss_start,
    "rssEndMb": resident(),
    "counted": counted,
}))
